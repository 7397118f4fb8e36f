/** Where a name comes from; names in another script are kept apart, as they are written in two ways. */
export type NameCulture = 'en' | 'de' | 'fr' | 'es' | 'pl' | 'nl';
