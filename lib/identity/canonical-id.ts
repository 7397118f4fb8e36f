import { monotonicFactory } from 'ulid';
import type { Entity } from '../domain';

const next = monotonicFactory();
const PREFIX: Record<Entity, string> = { person: 'per', company: 'com' };

/** A new canonical ID, e.g. `per_01JD2V...`: says what it is, sorts by age, fits every system's text field. */
export function newCanonicalId(entity: Entity, now: number): string {
	return `${PREFIX[entity]}_${next(now)}`;
}
