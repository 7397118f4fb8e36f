import { migrateStore } from '../../lib/identity';

/** Arguments: file, URL, schema. Prints a line for every step. */
async function main([file = '', url = '', schema = '']: string[]): Promise<void> {
	const step = (what: string) => () => void process.stdout.write(`${what}\n`);
	const { faults, sourceChanged } = await migrateStore(file, { url, schema }, Date.now(), { onMoved: step('moved'), onChecked: step('checked') });
	if (faults.length > 0 || sourceChanged) throw new Error(faults.join('; '));
}

void main(process.argv.slice(2));
