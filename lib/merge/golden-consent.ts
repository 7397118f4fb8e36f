import { CONSENT_STATUSES, type GoldenConsent, type Lineage, type SourceRecord, refKey } from '../domain';
import { compareText } from './candidates';

/**
 * The most restrictive statement wins for each purpose: one refusal in one system is a refusal.
 * A system that has no word on a purpose (`unknown`) neither gives nor takes.
 */
export function goldenConsent(records: readonly SourceRecord[]): Record<string, GoldenConsent> {
	const statements = records.flatMap((record) => record.consent.map((statement) => ({ statement, record, ref: refKey(record) })));
	const purposes = [...new Set(statements.map(({ statement }) => statement.purpose))].sort();
	return Object.fromEntries(
		purposes.map((purpose) => {
			const of = statements.filter(({ statement }) => statement.purpose === purpose);
			const strictness = (status: (typeof CONSENT_STATUSES)[number]) => CONSENT_STATUSES.indexOf(status);
			of.sort(
				(x, y) =>
					strictness(x.statement.status) - strictness(y.statement.status) ||
					compareText(y.statement.at ?? '', x.statement.at ?? '') ||
					compareText(x.ref, y.ref),
			);
			const { statement, record } = of[0] as (typeof of)[number];
			const lineage: Lineage = {
				rule: 'most_restrictive',
				system: record.system,
				object: record.object,
				sourceId: record.sourceId,
				updatedAt: record.updatedAt,
				candidates: new Set(of.map((one) => one.statement.status)).size,
			};
			return [purpose, { status: statement.status, ...(statement.at !== undefined && { at: statement.at }), lineage: [lineage] }];
		}),
	);
}
