import { connectHubSpot, hubspot } from '../../../../lib/systems/hubspot';
import { loadDescription, startRecorder, type Exchange } from './description';
import { closeBenches, openBench, pullAll, START } from './sandbox';

afterAll(closeBenches);

/** Everything that the client can do, once: both pulls, both destinations, and answers of all kinds. */
async function record(): Promise<Exchange[]> {
	const bench = await openBench();
	const recorder = await startRecorder(bench.server.url);
	const fast = { maxConcurrent: 4, perWindow: 1000, windowMs: 1000 };
	const client = connectHubSpot({ ...bench.credentials, baseUrl: recorder.url }, { limit: fast, searchLimit: fast });
	const company = bench.state.add('companies', { name: 'Acme', domain: 'acme.example' });
	const ids = [1, 2, 3].map((number) => bench.state.add('contacts', { email: `person${number}@example.org` }, { companyIds: [company.id] }).id);
	const loner = bench.state.add('contacts', { firstname: 'Ada' }).id;
	for (const object of ['contact', 'company']) {
		const source = hubspot.sources[object]!;
		const { cursor } = await pullAll(source, { ...bench, client }, null, { pageSize: 2 });
		await pullAll(source, { ...bench, client }, cursor, { pageSize: 2 });
		const destination = hubspot.destinations[object]!;
		await destination.ensureFields(client, destination.defaultFields);
	}
	bench.clock.now = START + 60_000;
	bench.state.archive('contacts', loner);
	await hubspot.destinations.contact!.write(client, [
		...[...ids, loner].map((targetId) => ({ targetId, canonicalId: targetId, fields: { c360_id: targetId, c360_segments: null } })),
		{ targetId: null, canonicalId: 'new', fields: { c360_id: 'new' }, email: 'new@example.org' },
	]);
	await hubspot.destinations.company!.write(client, [{ targetId: company.id, canonicalId: 'o', fields: { c360_mrr: 7 } }]);
	await recorder.close();
	return recorder.exchanges;
}

describe("requests and replies against the vendor's published description", () => {
	it('agree', async () => {
		const description = loadDescription();
		if (!description) {
			console.warn('HubSpot: the published description is not at hand, so there is nothing to check against');
			return;
		}
		const exchanges = await record();
		const faults = exchanges.flatMap((exchange) =>
			(description.faults(exchange) ?? []).map((fault) => `${exchange.method} ${exchange.path} (${exchange.status}): ${fault}`),
		);
		expect(faults).toEqual([]);
		// The description at hand is older than the upsert.
		const undescribed = exchanges.filter((exchange) => description.faults(exchange) === undefined).map(({ method, path }) => `${method} ${path}`);
		expect(new Set(undescribed)).toEqual(new Set(['POST /crm/v3/objects/contacts/batch/upsert']));
	});

	it('tells a wrong request from a right one', () => {
		const description = loadDescription();
		if (!description) {
			console.warn('HubSpot: the published description is not at hand, so there is nothing to check against');
			return;
		}
		const asked = { method: 'POST', path: '/crm/v3/objects/contacts/search', query: ['page'], body: { limit: 'ten' } };
		const wrong = { ...asked, status: 200, reply: { results: [{}] } };
		expect(description.faults(wrong)?.join('\n')).toMatch(/query page.*request.*sorts.*reply\/results\/0/s);
	});
});
