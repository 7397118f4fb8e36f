import { first } from './0001-first';
import type { Migration } from './migration';

/** All steps in order. */
export const migrations: readonly Migration[] = [first];

/** The version of the schema that this program understands. */
export const SCHEMA_VERSION = migrations.length;
