/** One step of the schema. Once released, a step never changes; a new one is added. */
export interface Migration {
	/** The schema's version after this step; steps count from 1 without gaps. */
	version: number;
	/** Statements without values, each ends with a semicolon. `@name` is the store's table of this name. */
	sql: string;
}
