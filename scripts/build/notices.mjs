import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Folder of the package that a bundled file belongs to, from the root; undefined for our own files. */
function packageFolder(file) {
	return /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1];
}

/** `LICENSE`, `NOTICE` and the like; some packages keep the licences of what they contain in a folder `licenses`. */
function licenceFiles(folder) {
	return readdirSync(folder, { withFileTypes: true })
		.filter(({ name }) => /^(licen[cs]e|notice)/i.test(name))
		.flatMap((entry) => (entry.isDirectory() ? readdirSync(join(folder, entry.name)).map((name) => join(folder, entry.name, name)) : [join(folder, entry.name)]));
}

/** Names, versions and licence texts of every package whose code went into the given builds: their licences ask for it. */
export function thirdPartyNotices(root, metafiles) {
	const folders = new Set(metafiles.flatMap((metafile) => Object.keys(metafile.inputs)).map(packageFolder).filter(Boolean));
	const notices = [...folders].sort().map((folder) => {
		const { name, version, license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
		const texts = licenceFiles(join(root, folder)).map((file) => readFileSync(file, 'utf8').trim());
		return [`${name} ${version} (${typeof license === 'string' ? license : 'see below'})`, ...texts].join('\n\n');
	});
	return `Code of these packages is part of the files in this folder.\n\n${notices.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}
