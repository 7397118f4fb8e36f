/**
 * Takes a picture of a workflow's canvas in a running n8n.
 *
 * Used by other scripts, or by hand: `tsx scripts/canvas-picture.ts URL COOKIE WORKFLOW_ID FILE.png`,
 * where COOKIE is that of a signed-in session ("n8n-auth=..."). Needs Chromium: /usr/bin/chromium, or CHROMIUM_PATH.
 */
import { existsSync } from 'node:fs';
import { chromium, type Locator, type Page } from 'playwright-core';

export interface PictureOptions {
	/** Address of the running n8n. */
	url: string;
	/** Cookie header of a signed-in session. */
	cookie: string;
	workflowId: string;
	/** Where the PNG goes. */
	file: string;
	/** Pixels; 1600 by 1000 when left out. */
	width?: number;
	height?: number;
}

/** Chromium finds nothing on a closed network and says so many times a second unless it is told not to look. */
const flags = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

/** The editor's buttons, minimap and messages over the canvas; a picture of the workflow needs none of them. */
const overlays = [
	'[data-test-id="canvas-wrapper"] button',
	'[data-test-id="canvas-wrapper"] :has(> [data-test-id="execute-workflow-button"]) *',
	'[data-test-id="canvas-wrapper"] :has(> * > [data-test-id="execute-workflow-button"]) *',
	':has(> [data-test-id^="radio-button-"])',
	':has(> * > [data-test-id^="radio-button-"])',
	'[data-test-id="canvas-handle-plus-wrapper"]',
	'[data-test-id="canvas-handle-plus"]',
	'.vue-flow__minimap',
	'.el-notification',
].join(', ');

/** Gives the canvas the wanted size by enlarging the window by what the editor keeps around it. */
async function growTo(page: Page, canvas: Locator, width: number, height: number): Promise<void> {
	const box = await canvas.boundingBox();
	const window = page.viewportSize();
	if (!box || !window) throw new Error('The canvas has no size.');
	await page.setViewportSize({ width: Math.round(window.width + width - box.width), height: Math.round(window.height + height - box.height) });
}

/** Writes a PNG of the workflow's canvas, zoomed so that all of it is seen. Rejects when Chromium is missing or the workflow does not show within 60 s. */
export async function canvasPicture(options: PictureOptions): Promise<void> {
	const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
	if (!existsSync(executablePath)) {
		throw new Error(`There is no Chromium at ${executablePath}. Install it ("apt-get install chromium") or set CHROMIUM_PATH to where it is.`);
	}
	const { width = 1600, height = 1000 } = options;
	const browser = await chromium.launch({ executablePath, headless: true, args: flags, timeout: 60_000 });
	try {
		const context = await browser.newContext({ viewport: { width, height }, deviceScaleFactor: 1.5, colorScheme: 'light' });
		const { hostname } = new URL(options.url);
		await context.addCookies(
			options.cookie.split(';').map((pair) => {
				const [name = '', ...value] = pair.trim().split('=');
				return { name, value: value.join('='), domain: hostname, path: '/' };
			}),
		);
		const page = await context.newPage();
		page.setDefaultTimeout(60_000);
		await page.goto(`${options.url}/workflow/${options.workflowId}`);
		await page.locator('[data-test-id="canvas-node"]').first().waitFor();
		const canvas = page.locator('[data-test-id="canvas"]');
		await growTo(page, canvas, width, height);
		await page.locator('[data-test-id="zoom-to-fit"]').click();
		await page.addStyleTag({ content: `${overlays} { visibility: hidden !important; }` });
		await page.mouse.move(0, 0);
		// Zooming is animated, and icons arrive one by one.
		await page.waitForTimeout(2000);
		await canvas.screenshot({ path: options.file, animations: 'disabled' });
	} finally {
		await browser.close();
	}
}

const [url, cookie, workflowId, file] = process.argv.slice(2);
if (require.main === module) {
	if (!url || !cookie || !workflowId || !file) throw new Error('Use: tsx scripts/canvas-picture.ts URL COOKIE WORKFLOW_ID FILE.png');
	void canvasPicture({ url, cookie, workflowId, file });
}
