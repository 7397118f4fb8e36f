import type { InputOptions } from './input';

/** What `resolve` and `ingest` can both be told. */
export interface RunOptions extends InputOptions {
	/** ISO 3166 alpha-2; undefined takes the identity model's. */
	defaultCountry?: string;
	/** A file for the figures. */
	json?: string;
	/** CSV file for the rejected rows. */
	rejected?: string;
	/** Undefined trains when the store is new and there are enough rows. */
	train?: boolean;
	/** A JSON file with a model. */
	model?: string;
	/** For everything random in training; 1 when left out. */
	seed?: number;
	/** That work at the same time; undefined takes what suits the machine. */
	threads?: number;
}
