import { pullEverything, type PullArguments } from './pull-process';

process.stdout.write('started\n');
pullEverything(process.argv.slice(2) as PullArguments).then(
	() => process.exit(0),
	(error: unknown) => {
		console.error(error);
		process.exit(1);
	},
);
