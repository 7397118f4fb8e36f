import type { TaskProgress } from './task';

/**
 * Does a task's work while `listener` hears how far it is. What the listener throws cuts no work short, as nobody waits for it: it is called no more,
 * and the task fails with its error when the work has ended.
 */
export async function hearProgress<T>(
	listener: ((progress: TaskProgress) => void) | undefined,
	work: (tell: (progress: TaskProgress) => void) => Promise<T>,
): Promise<T> {
	const thrown: { error: unknown }[] = [];
	const result = await work((progress) => {
		if (thrown.length > 0) return;
		try {
			listener?.(progress);
		} catch (error) {
			thrown.push({ error });
		}
	});
	if (thrown[0]) throw thrown[0].error;
	return result;
}
