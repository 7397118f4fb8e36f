import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A real file system of a few megabytes, to be filled up. */
export class SmallDisk {
	private constructor(readonly folder: string) {}

	/** Undefined where this user may not mount one: then there is nothing to check, and the test says so. */
	static mount(megabytes: number, owner = 0): SmallDisk | undefined {
		const folder = mkdtempSync(join(tmpdir(), 'customer360-disk-'));
		try {
			execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,uid=${owner},mode=700`, 'tmpfs', folder], { stdio: 'ignore' });
			return new SmallDisk(folder);
		} catch {
			rmSync(folder, { recursive: true });
			console.info('A small disk can only be mounted by root on Linux; what happens on a full disk was not checked here.');
			return undefined;
		}
	}

	grow(megabytes: number): void {
		execFileSync('mount', ['-o', `remount,size=${megabytes}m`, this.folder], { stdio: 'ignore' });
	}

	end(): void {
		execFileSync('umount', [this.folder], { stdio: 'ignore' });
		rmSync(this.folder, { recursive: true });
	}
}
