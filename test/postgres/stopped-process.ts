import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';

/** What `stopping-process` says of the step in which it was stopped, and of the same step done again. */
export const SAID = [expect.stringMatching(/^unreachable: .*nothing of this step was kept\. Run the step again/), 'done', ''];

/** @param within a command that runs another one, with its arguments in front of that */
export function start(program: string, values: readonly unknown[], within: readonly string[] = []): ChildProcess {
	const [command = '', ...rest] = [...within, process.execPath, program, ...values.map(String)];
	return spawn(command, rest, { stdio: ['ignore', 'pipe', 'inherit'] });
}

/** Everything that it prints, a line each, and its exit code. */
export async function endOf(process: ChildProcess): Promise<{ said: string[]; code: number | null }> {
	const [said, [code]] = await Promise.all([text(process.stdout as NonNullable<ChildProcess['stdout']>), once(process, 'exit') as Promise<[number | null]>]);
	return { said: said.split('\n'), code };
}

export async function untilStopped({ pid }: ChildProcess): Promise<void> {
	while (!readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') T ')) await wait(20);
}
