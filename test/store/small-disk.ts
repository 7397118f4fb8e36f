import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A real file system of a few megabytes, to be filled up. Only root may mount one. */
export class SmallDisk {
	private constructor(readonly folder: string) {}

	static mount(megabytes: number, owner = 0): SmallDisk {
		const folder = mkdtempSync(join(tmpdir(), 'customer360-disk-'));
		execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,uid=${owner},mode=700`, 'tmpfs', folder]);
		return new SmallDisk(folder);
	}

	grow(megabytes: number): void {
		execFileSync('mount', ['-o', `remount,size=${megabytes}m`, this.folder], { stdio: 'ignore' });
	}

	end(): void {
		execFileSync('umount', [this.folder], { stdio: 'ignore' });
		rmSync(this.folder, { recursive: true });
	}
}
