/** A form page as a visitor sees it. */
export interface FormPage {
	/** Address without the signature, which n8n's page takes out of the address bar. */
	url: URL;
	html: string;
}

const PATIENCE_MS = 30_000;

/** Someone in the browser who fills in n8n's forms: gets a page, posts its fields as the page's script does, and waits for the next page. */
export class FormVisitor {
	constructor(private readonly authorization?: string) {}

	/** The answer's status and page, also when the page is refused. */
	async open(address: string): Promise<FormPage & { status: number }> {
		const url = new URL(address);
		const answer = await fetch(url, { headers: this.authorization ? { authorization: this.authorization } : {} });
		return { url, html: await answer.text(), status: answer.status };
	}

	/** Submits a page: hidden fields as they are, the others by the label or option that people read. Returns the page that comes next. */
	async submit(page: FormPage, answers: Readonly<Record<string, string>>): Promise<FormPage> {
		const body = new FormData();
		for (const [name, value] of hiddenFields(page.html)) body.append(name, value);
		for (const [label, value] of Object.entries(answers)) body.append(...fieldFor(page.html, label, value));
		const token = /const authToken = '([^']+)'/.exec(page.html)?.[1];
		const answer = await fetch(page.url, { method: 'POST', body, headers: token ? { 'x-auth-token': token } : {} });
		const text = await answer.text();
		if (answer.status >= 400) throw new Error(`The form answered ${answer.status}: ${text.slice(0, 500)}`);
		const next = text.startsWith('{') ? (JSON.parse(text) as { formWaitingUrl?: string }).formWaitingUrl : undefined;
		const waiting = new URL(next ?? page.url);
		await this.untilWaiting(waiting);
		const shown = await this.open(waiting.href);
		if (!/id=["']n8n-form["']/.test(shown.html)) await this.leave(waiting);
		return shown;
	}

	/** A last page tells n8n by itself that it was shown, so that the execution can end. */
	private async leave(page: URL): Promise<void> {
		await fetch(page, { method: 'POST', body: new FormData() });
		await this.untilWaiting(page);
	}

	private async untilWaiting(page: URL): Promise<void> {
		const status = new URL(page);
		status.pathname += '/n8n-execution-status';
		for (const until = Date.now() + PATIENCE_MS; ; await new Promise((resolve) => setTimeout(resolve, 100))) {
			const said = (await (await fetch(status)).text()).trim();
			if (said === 'form-waiting' || said === 'success') return;
			if (['error', 'crashed', 'canceled', 'null'].includes(said)) throw new Error(`The execution behind the form ended with "${said}".`);
			if (Date.now() > until) throw new Error(`The form is still "${said}".`);
		}
	}
}

function hiddenFields(html: string): [string, string][] {
	const inputs = [...html.matchAll(/<input type="hidden"[^>]*name="(field-\d+)"[^>]*value="([^"]*)"/g)];
	return inputs.map(([, name = '', value = '']) => [name, value.replace(/&#x([0-9a-f]+);|&#(\d+);/gi, (_, hex?: string, decimal?: string) => String.fromCharCode(hex ? parseInt(hex, 16) : Number(decimal)))]);
}

/** Name and value to post for the field with this label; a choice is posted as a list, as the page's script does. */
function fieldFor(html: string, label: string, value: string): [string, string] {
	const labels = [...html.matchAll(/<label([^>]*)>([^<]*)<\/label>([^]{0,400})/g)];
	const [, attributes = '', , after = ''] = labels.find(([, , text = '']) => text.trim() === label) ?? [];
	const name = /for=["'](field-\d+)["']/.exec(attributes)?.[1] ?? /id=["'](field-\d+)["']/.exec(after)?.[1];
	if (!name) throw new Error(`The form has no field "${label}".`);
	const isChoice = new RegExp(`id=["']option\\d+_${name}["']`).test(html);
	return [name, isChoice ? JSON.stringify([value]) : value];
}
