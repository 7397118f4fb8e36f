import type { ILoadOptionsFunctions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { Settings, SystemDefinition } from '../lib';
import { toNodeError } from './node-errors';
import { toText } from './parameters';

/** Parameters for what a system needs beside its credential, e.g. an audience; drop-downs filled from the live system. */
export function settingProperties(system: SystemDefinition, use: 'source' | 'create'): INodeProperties[] {
	return (system.settings ?? []).map((setting): INodeProperties => {
		const required = setting.requiredFor.includes(use);
		return {
			displayName: `${setting.label} Name or ID`,
			name: setting.name,
			type: 'options',
			typeOptions: { loadOptionsMethod: loaderName(setting.name) },
			default: '',
			...(required && use === 'source' && { required: true }),
			description: `${setting.description}. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.`,
		};
	});
}

export function readSettings(system: SystemDefinition, read: (name: string) => unknown): Settings {
	const entries = (system.settings ?? []).map(({ name }): [string, string] => [name, toText(read(name), name)]);
	return Object.fromEntries(entries.filter(([, value]) => value !== ''));
}

/** Drop-downs of a system's settings, from the live system; one method a setting, named `load<Setting>`. */
export function settingLoaders(system: SystemDefinition, credential: string): Record<string, (this: ILoadOptionsFunctions) => Promise<INodePropertyOptions[]>> {
	return Object.fromEntries(
		(system.settings ?? []).map((setting) => [
			loaderName(setting.name),
			async function (this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
				try {
					const choices = await setting.load(system.connect(await this.getCredentials(credential)));
					// Without it the editor calls an empty value wrong, and who has chosen one can't go back.
					return [{ name: setting.all, value: '' }, ...choices.map(({ label, value }) => ({ name: label, value }))];
				} catch (error) {
					throw toNodeError(this.getNode(), error);
				}
			},
		]),
	);
}

function loaderName(setting: string): string {
	return `load${setting.charAt(0).toUpperCase()}${setting.slice(1)}`;
}
