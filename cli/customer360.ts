#!/usr/bin/env node
import { boundGarbage } from './bounded-garbage';
import { fileTrouble } from './cli-error';
import { runCommandLine } from './program';

boundGarbage();

// Whoever reads the output may stop when it has seen enough (`| head`); what is not read need not be written.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
	if (error.code === 'EPIPE') return;
	process.stderr.write(`customer360: The output could not be written: its file ${fileTrouble(error)}.\n`);
	process.exit(2);
});
// Work goes on though nobody hears how far it is.
process.stderr.on('error', () => undefined);

void runCommandLine(process.argv.slice(2), { stdout: process.stdout, stderr: process.stderr }).then((code) => {
	process.exitCode = code;
});
