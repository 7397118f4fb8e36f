/** What a form-encoded body means: text, or nested by square brackets. */
export type FormValue = string | FormObject;
export interface FormObject {
	[key: string]: FormValue;
}

/**
 * Decodes Stripe's nested names: `metadata[plan]=gold` is `{ metadata: { plan: 'gold' } }`; `a[]=x&a[]=y` and `a[0]=x` number their entries.
 * A name that is given twice has its last value.
 */
export function decodeForm(form: URLSearchParams): FormObject {
	const result = bare();
	for (const [name, value] of form) {
		const first = /^[^[\]]+/.exec(name)?.[0];
		if (first === undefined) continue;
		const steps = [first, ...[...name.slice(first.length).matchAll(/\[([^[\]]*)\]/g)].map((match) => match[1] ?? '')];
		place(result, steps, value);
	}
	return result;
}

function place(target: FormObject, steps: readonly string[], value: string): void {
	let here = target;
	steps.forEach((step, index) => {
		const key = step === '' ? String(Object.keys(here).length) : step;
		if (index === steps.length - 1) {
			here[key] = value;
			return;
		}
		const inner = here[key];
		const next = typeof inner === 'object' ? inner : bare();
		here[key] = next;
		here = next;
	});
}

/** Without a prototype, so that no name means something else. */
function bare(): FormObject {
	return Object.create(null) as FormObject;
}
