/** What a normalizer knows beside the value: the record's countries, the defaults and the day. */
export interface ReadContext {
	/** ISO 3166 alpha-2, as the record itself says. */
	countries?: readonly string[];
	/** ISO 3166 alpha-2, in the order in which they are tried when the record names none: the mapping's, then the caller's. */
	defaultCountries?: readonly string[];
	/** The day against which a birth date is judged; the present when left out. */
	now?: Date;
}
