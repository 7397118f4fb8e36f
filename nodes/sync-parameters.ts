import type { IExecuteFunctions } from 'n8n-workflow';
import type { Destination, DestinationField, IdentityStore, SystemDefinition } from '../lib';
import { choiceParameter, flagParameter, textParameter, toText } from './parameters';
import { itemsByProfile } from './profile-pairs';
import { canBe, FIELD_TYPES, SOURCES } from './sync-values';

/** @throws Error that names the parameter which cannot work */
export function readDestination(context: IExecuteFunctions, system: SystemDefinition, account: string): Destination {
	const object = context.getNodeParameter('object', 0) as string;
	const definition = system.destinations[object];
	if (!definition) throw new Error(`${system.label} has no "${object}" to write to. Choose "Write To" again.`);
	const createMissing = definition.canCreate && flagParameter(context, 'createMissing', 0, false, 'Create Missing Records');
	if (createMissing) assertSettingsForNew(context, system);
	return {
		system: system.id,
		object,
		account,
		definition,
		fields: choiceParameter(context, 'fieldChoice', 0, ['default', 'own'], 'Fields') === 'own' ? readOwnFields(context) : definition.defaultFields,
		createMissing,
		segmentTags: definition.tags && flagParameter(context, 'segmentTags', 0, true, 'Segments as Tags'),
	};
}

/** Without an audience or the like, every new record would be refused one by one. */
function assertSettingsForNew(context: IExecuteFunctions, { label, settings = [] }: SystemDefinition): void {
	const missing = settings.find(({ name, requiredFor }) => requiredFor.includes('create') && textParameter(context, name, 0) === '');
	if (missing) throw new Error(`"${missing.label}" is empty, and ${label} needs it for new records. Choose one, or switch "Create Missing Records" off.`);
}

function readOwnFields(context: IExecuteFunctions): DestinationField[] {
	const chosen = context.getNodeParameter('ownFields.field', 0, []) as Record<'source' | 'target' | 'type', unknown>[];
	if (chosen.length === 0) throw new Error('"Own Fields" is empty. Add at least one field, or set "Fields" to "Recommended".');
	const fields = chosen.map((field): DestinationField => {
		const source = toText(field.source, 'Value From');
		const label = SOURCES.find(({ value }) => value === source)?.name ?? source;
		const target = toText(field.target, 'Field Name or ID');
		if (target === '') throw new Error(`The value "${label}" has no field to go to. Choose "Field Name or ID" for it.`);
		const chosenType = FIELD_TYPES.find(({ value }) => value === (field.type ?? 'text'));
		if (!chosenType) throw new Error(`The value "${label}" has no type that exists. Choose "Type" for it from the list.`);
		const type = chosenType.value;
		if (!canBe(source, type)) throw new Error(`The value "${label}" is never of the type ${chosenType.name}, so "${target}" would stay empty or be wrong. Set its "Type" to Text.`);
		return { source, target, type, label };
	});
	const twice = fields.find(({ target }, index) => fields.findIndex((other) => other.target === target) !== index);
	if (twice) throw new Error(`Two lines of "Own Fields" write to "${twice.target}". Keep one of them.`);
	return fields;
}

export interface NamedProfiles {
	/** Canonical ID as results carry it, to the items that ask for it. */
	indexes: Map<string, number[]>;
	wrong: { index: number; error: unknown }[];
}

/** The profiles whose canonical IDs stand in the items. Several items can mean one, also by IDs that it had before. */
export async function readNamed(context: IExecuteFunctions, store: IdentityStore, itemCount: number): Promise<NamedProfiles> {
	const wrong: NamedProfiles['wrong'] = [];
	const asked: { id: string; index: number }[] = [];
	for (let index = 0; index < itemCount; index += 1) {
		try {
			const id = textParameter(context, 'canonicalId', index);
			if (id === '') throw new Error('The item has no canonical ID. Connect a node whose items carry "canonicalId", such as Merge, Profile or the Customer 360 Trigger.');
			asked.push({ id, index });
		} catch (error) {
			wrong.push({ index, error });
		}
	}
	return { indexes: await itemsByProfile(store, asked), wrong };
}
