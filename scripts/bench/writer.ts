import { hash } from 'node:crypto';
import {
	buildProfiles, emptySummary, type FieldMapping, ingestPage, type IngestSummary, MatchRun, normalizeRecord, openStore, type RawRecord, type StoreTarget,
} from '../../lib';
import { mappingOf, rawOf } from '../../cli/columns/fields';
import { readRows } from '../../cli/csv/rows';
import { openInputs } from '../../cli/resolve/input';

/** What one writer is asked for, as JSON in its first argument. */
export interface WriterOrder {
	store: StoreTarget;
	files: string[];
	/** Records a transaction. */
	batch: number;
	/** Of several writers that share the files, the one that takes each so-manieth batch, from 0. */
	share: { of: number; index: number };
}

/** What it prints as its last line. */
export interface WriterFigures {
	records: number;
	seconds: number;
	steps: { step: string; seconds: number }[];
	outcomes: IngestSummary['outcomes'];
	peakMemoryMb: number;
}

/** Writes records as a source of n8n does that delivers straight into the store: page by page, then the golden records. */
async function main({ store: target, files, batch, share }: WriterOrder): Promise<WriterFigures> {
	const { pages, mappings, systems } = await read(files, batch);
	const own = pages.filter((_, index) => index % share.of === share.index);
	const records = own.flat().length;
	pages.length = 0;
	const store = await openStore(target);
	const [summary, run] = [emptySummary(), new MatchRun()];
	const normalize = (raw: RawRecord) => normalizeRecord(raw, mappings.get(raw.system) as FieldMapping, { defaultCountry: 'US' });
	const begun = performance.now();
	// What is written is not kept: a source has no more than a page in memory, either.
	for (let page = own.shift(); page; page = own.shift()) {
		run.steps.enter('normalize');
		await ingestPage(store, page.map(normalize), { systems, now: Date.now(), summary, run });
	}
	await buildProfiles(store, { systems, now: Date.now, run });
	const seconds = (performance.now() - begun) / 1000;
	await store.close();
	return { records, seconds, steps: run.steps.list(), outcomes: summary.outcomes, peakMemoryMb: process.resourceUsage().maxRSS / 1024 };
}

/** Pages that take from all files in turn, as sources that run at one time do. */
async function read(files: readonly string[], size: number): Promise<{ pages: RawRecord[][]; mappings: Map<string, FieldMapping>; systems: string[] }> {
	const inputs = await openInputs([...files], { map: [], sources: [], type: 'person' });
	const mappings = new Map(inputs.map(({ source, fields }) => [source, mappingOf(fields, source, 'person', 'US')]));
	const queues = await Promise.all(
		inputs.map(async (input) => {
			const queue: RawRecord[][] = [];
			for await (const { cells } of readRows(input.csv)) {
				if ((queue.at(-1)?.length ?? size) === size) queue.push([]);
				queue.at(-1)?.push({
					system: input.source,
					object: 'person',
					sourceId: input.idColumn ? (cells[input.idColumn.index] ?? '') : String(queue.length),
					version: hash('sha256', JSON.stringify(cells), 'hex').slice(0, 32),
					updatedAt: input.modifiedAt,
					raw: rawOf(input.fields, cells),
				});
			}
			return queue;
		}),
	);
	const pages: RawRecord[][] = [];
	for (let turn = 0; queues.some((queue) => turn < queue.length); turn++) for (const queue of queues) pages.push(...queue.slice(turn, turn + 1));
	return { pages, mappings, systems: [...mappings.keys()] };
}

main(JSON.parse(process.argv[2] ?? '') as WriterOrder).then(
	(figures) => process.stdout.write(`${JSON.stringify(figures)}\n`),
	(error: unknown) => {
		console.error(error);
		process.exitCode = 1;
	},
);
