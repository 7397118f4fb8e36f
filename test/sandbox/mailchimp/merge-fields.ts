import type { VendorReply, VendorRequest } from '../vendor-server';
import { mergeFieldJson, pageOf, problem, project, SCHEMA_DETAIL } from './replies';
import type { ListState, MergeFieldState } from './state';

const TYPES = new Set(['text', 'number', 'address', 'phone', 'date', 'url', 'imageurl', 'radio', 'dropdown', 'birthday', 'zip']);

export function listFields(list: ListState, request: VendorRequest): VendorReply {
	const page = pageOf(list.mergeFields, request.query);
	if (!('items' in page)) return page;
	const fields = page.items.map((field) => mergeFieldJson(list, field));
	return { body: project({ merge_fields: fields, list_id: list.id, total_items: list.mergeFields.length }, request.query.get('fields')) };
}

export function createField(list: ListState, request: VendorRequest, id: number): VendorReply {
	const body = (request.json ?? {}) as { tag?: string; name?: string; type?: string; public?: boolean; required?: boolean };
	const wrong = [
		...(!body.name ? [{ field: 'name', message: 'This value should not be blank.' }] : []),
		...(!TYPES.has(body.type ?? '') ? [{ field: 'type', message: 'The value you selected is not a valid choice.' }] : []),
		...((body.tag?.length ?? 0) > 10 ? [{ field: 'tag', message: 'This value is too long. It should have 10 characters or less.' }] : []),
	];
	if (wrong.length > 0) return problem(400, 'Invalid Resource', SCHEMA_DETAIL, wrong);
	if (list.mergeFields.some((field) => field.tag === body.tag)) {
		return problem(400, 'Invalid Resource', `A Merge Field with the tag "${body.tag}" already exists for this list.`);
	}
	if (list.mergeFields.length >= list.mergeFieldLimit) {
		return problem(400, 'Invalid Resource', `You may only have ${list.mergeFieldLimit} merge fields in an audience.`);
	}
	const field: MergeFieldState = {
		id,
		tag: body.tag ?? `MMERGE${id}`,
		name: body.name ?? '',
		type: body.type ?? 'text',
		required: body.required ?? false,
		public: body.public ?? false,
	};
	list.mergeFields.push(field);
	return { body: mergeFieldJson(list, field) };
}
