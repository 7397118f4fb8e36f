import { pullEverything, type PullArguments } from './pull-process';

pullEverything(process.argv.slice(2) as PullArguments, () => process.stdout.write('started\n')).then(
	() => process.exit(0),
	(error: unknown) => {
		console.error(error);
		process.exit(1);
	},
);
