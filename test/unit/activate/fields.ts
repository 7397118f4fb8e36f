/** A short choice of fields that is easy to compare. */
export const NAME_FIELDS = [
	{ source: 'canonical_id', target: 'c360_id', label: 'ID', type: 'text' as const },
	{ source: 'job_title', target: 'c360_job', label: 'Job', type: 'text' as const },
];

export const JOBS = { fields: NAME_FIELDS };
