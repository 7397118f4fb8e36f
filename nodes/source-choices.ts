import type { IPollFunctions } from 'n8n-workflow';
import { checkSettings, type Delivery, type OpenAccount, openAccount, type Settings, type SourceObject, type SystemDefinition } from '../lib';
import { readDefaultCountry } from './default-country';
import { toChoice, toText } from './parameters';
import { readSettings } from './settings';
import type { SourceTriggerOptions } from './source-description';

const DELIVERIES = {
	backfill: { firstRun: 'store', later: 'items' },
	store: { firstRun: 'store', later: 'store' },
	items: { firstRun: 'items', later: 'items' },
} satisfies Record<string, { firstRun: Delivery; later: Delivery }>;

/** What is chosen on a source trigger, and the account to read. */
export interface SourceChoices extends OpenAccount {
	objects: string[];
	settings: Settings;
	delivery: { firstRun: Delivery; later: Delivery };
	overlapMs: number;
	since: string | undefined;
	defaultCountry: string | undefined;
}

/**
 * @throws Error that names the parameter; TerminalError, TransientError when the account can't be read
 */
export async function readChoices(context: IPollFunctions, { system, credential }: Pick<SourceTriggerOptions, 'system' | 'credential'>): Promise<SourceChoices> {
	const options = context.getNodeParameter('options', {}) as { since?: unknown; defaultCountry?: unknown; overlapMinutes?: unknown };
	const objects = [context.getNodeParameter('objects')].flat().map((object) => toText(object, 'Objects')).filter(Boolean);
	if (objects.length === 0) throw new Error('"Objects" is empty. Choose at least one.');
	const choices = {
		objects,
		settings: readSettings(system, (name) => context.getNodeParameter(name, '')),
		delivery: DELIVERIES[toChoice(context.getNodeParameter('delivery'), ['backfill', 'store', 'items'], 'Deliver')],
		overlapMs: readMinutes(toText(options.overlapMinutes ?? 5, 'Safety Window (Minutes)')) * 60_000,
		since: readTime(toText(options.since, 'Changed Since'), 'Changed Since'),
		defaultCountry: readDefaultCountry(toText(options.defaultCountry, 'Default Country')),
	};
	const account = await openAccount(system, await context.getCredentials(credential));
	await checkSettings(system, account.client, choices.settings);
	return { ...account, ...choices };
}

/** Of less than none, each run would leave out what changed right behind the last one. */
function readMinutes(text: string): number {
	const minutes = Number(text);
	if (text === '' || !Number.isFinite(minutes) || minutes < 0) throw new Error(`"Safety Window (Minutes)" is "${text}" and must be a number, 0 or more.`);
	return minutes;
}

function readTime(text: string, label: string): string | undefined {
	if (text === '') return undefined;
	const time = new Date(text);
	if (Number.isNaN(time.getTime())) throw new Error(`"${label}" is no date and time. Choose it from the calendar.`);
	return time.toISOString();
}

export function sourceOf(system: SystemDefinition, object: string): SourceObject {
	const source = system.sources[object];
	if (!source) throw new Error(`${system.label} has no "${object}". Choose the objects again.`);
	return source;
}
