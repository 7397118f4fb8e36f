import type { HttpClient } from '../transport';
import type { Settings, SystemDefinition } from './definition';

/** Choices that an error names; more would hide what it says. */
const MOST_NAMED = 10;

/**
 * Asks the live system whether what is chosen exists. Else a name written by hand, or an audience that somebody deleted, is noticed only when there is
 * something to write, and until then the workflow looks as if all were well.
 * @throws Error that names the setting and the choices there are; TerminalError, TransientError when the system can't be asked
 */
export async function checkSettings({ label, settings = [] }: SystemDefinition, client: HttpClient, chosen: Settings): Promise<void> {
	for (const setting of settings) {
		const value = chosen[setting.name];
		if (value === undefined) continue;
		const choices = await setting.load(client);
		if (choices.some((choice) => choice.value === value)) continue;
		const names = choices.slice(0, MOST_NAMED).map((choice) => `${choice.label} (${choice.value})`);
		const others = choices.length > names.length ? `, and ${choices.length - names.length} more` : '';
		const remedy = names.length > 0 ? `Choose "${setting.label}" again: ${names.join(', ')}${others}` : 'This account has none; make one there first';
		throw new Error(`${label} has no ${setting.label.toLowerCase()} with the ID "${value.slice(0, 100)}". ${remedy}.`);
	}
}
