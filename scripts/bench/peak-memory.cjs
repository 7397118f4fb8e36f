/** Loaded before a program: writes the most memory that its process ever had, in MB, to the file that CUSTOMER360_BENCH_PEAK names. */
const { writeFileSync } = require('node:fs');

process.on('exit', () => {
	const file = process.env.CUSTOMER360_BENCH_PEAK;
	if (file) writeFileSync(file, String(process.resourceUsage().maxRSS / 1024));
});
