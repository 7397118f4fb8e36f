#!/usr/bin/env node
import { boundGarbage } from './bounded-garbage';
import { runCommandLine } from './program';

boundGarbage();

// Whoever reads the output may stop when it has seen enough (`| head`); what is not read need not be written.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
	if (error.code !== 'EPIPE') throw error;
});

void runCommandLine(process.argv.slice(2), { stdout: process.stdout, stderr: process.stderr }).then((code) => {
	process.exitCode = code;
});
