#!/usr/bin/env node
import { runCommandLine } from './program';

void runCommandLine(process.argv.slice(2), { stdout: process.stdout, stderr: process.stderr }).then((code) => {
	process.exitCode = code;
});
