import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A real file system in a file, of which one can have what a power cut would leave: what was forced to the disk, and nothing that only the system holds.
 * Only root may mount one.
 */
export class CutDisk {
	readonly #mounted: string[] = [];

	private constructor(
		private readonly root: string,
		readonly folder: string,
	) {}

	static mount(megabytes: number): CutDisk {
		const root = mkdtempSync(join(tmpdir(), 'customer360-cut-'));
		const disk = new CutDisk(root, join(root, 'before'));
		const image = disk.#imageOf(disk.folder);
		writeFileSync(image, '');
		truncateSync(image, megabytes * 1_000_000);
		execFileSync('mkfs.ext4', ['-q', '-F', image]);
		disk.#mount(disk.folder);
		return disk;
	}

	/** The folder as a power cut at this moment would leave it; who uses the disk goes on. */
	cut(): string {
		const after = join(this.root, `after-${this.#mounted.length}`);
		copyFileSync(this.#imageOf(this.folder), this.#imageOf(after));
		this.#mount(after);
		return after;
	}

	end(): void {
		for (const folder of this.#mounted) execFileSync('umount', [folder], { stdio: 'ignore' });
		rmSync(this.root, { recursive: true });
	}

	#mount(folder: string): void {
		mkdirSync(folder);
		execFileSync('mount', ['-o', 'loop', this.#imageOf(folder), folder]);
		this.#mounted.push(folder);
	}

	#imageOf(folder: string): string {
		return `${folder}.img`;
	}
}
