/** What people type when a form insists. */
export const USUAL_PLACEHOLDER_MAIL = 'test@test.com';
export const OTHER_PLACEHOLDER_MAILS: readonly string[] = ['noemail@noemail.com', 'none@none.com', 'asdf@asdf.com'];
export const PLACEHOLDER_PHONES: readonly string[] = ['0000000000', '0000000000', '1234567890', '+1 111 111 1111', '9999999999'];
