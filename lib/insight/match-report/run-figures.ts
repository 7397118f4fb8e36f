/** What a run on files came to; a part of what the command line sums up. */
export interface RunFigures {
	/** ISO 8601: when it ended. */
	at: string;
	rows: number;
	records: number;
	profiles: number;
	merged: number;
	review: number;
	rejected: number;
	reasons: readonly { reason: string; rows: number }[];
	unchanged: number;
	stale: number;
	seconds: number;
	/** `columns`: name to what it was taken for, null for one that was ignored. */
	files: readonly { file: string; encoding: string; delimiter: string; columns: Readonly<Record<string, string | null>> }[];
	truth?: TruthFigures;
	/** How long each step took, in order. */
	steps?: readonly { step: string; seconds: number }[];
	/** Where the weights come from, in a sentence. */
	weightsFrom?: string;
}

export interface TruthFigures {
	/** Rows that the truth names. */
	records: number;
	/** Rows of the truth that the input does not have. */
	missing: number;
	truePairs: number;
	foundPairs: number;
	correctPairs: number;
	precision: number;
	recall: number;
	f1: number;
	bCubed: { precision: number; recall: number; f1: number };
}
