/** The package ships no types; these are the parts that we use. */
declare module 'humanparser' {
	interface ParsedName {
		firstName?: string;
		middleName?: string;
		lastName?: string;
	}
	interface ParseOptions {
		extraCompound?: string[];
		ignoreSalutation?: string[];
		ignoreSuffix?: string[];
	}
	const parser: { parseName(name: string, options?: ParseOptions): ParsedName };
	export default parser;
}
