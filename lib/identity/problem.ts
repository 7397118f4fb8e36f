/** Something in the store that must not be so. `subject` names records and profiles, never values of people. */
export interface Problem {
	invariant: string;
	subject: string;
	detail: string;
}
