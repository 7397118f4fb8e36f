/** Mailboxes of a function, read by several people. Short on purpose: a wrong entry would hide a person. */
const ROLES = new Set([
	// English
	'info', 'sales', 'support', 'office', 'billing', 'admin', 'administrator', 'accounts', 'accounting', 'finance', 'invoice', 'invoices', 'payments',
	'orders',
	'contact', 'contactus', 'hello', 'hi', 'help', 'helpdesk', 'service', 'customerservice', 'customercare', 'hr', 'jobs', 'careers', 'recruiting',
	'marketing',
	'press', 'media', 'team', 'enquiries', 'inquiries', 'reception', 'booking', 'bookings', 'reservations', 'purchasing', 'procurement', 'legal',
	'privacy',
	'security', 'abuse', 'postmaster', 'hostmaster', 'webmaster', 'newsletter', 'noreply', 'donotreply', 'mailbox', 'general', 'it', 'shop', 'store',
	// German
	'kontakt', 'vertrieb', 'verkauf', 'buchhaltung', 'rechnung', 'rechnungen', 'buero', 'sekretariat', 'verwaltung', 'bewerbung', 'personal',
	'kundenservice',
	'einkauf', 'empfang', 'zentrale', 'poststelle',
	// French
	'accueil', 'comptabilite', 'compta', 'facturation', 'commercial', 'ventes', 'direction', 'secretariat', 'bonjour',
	// Spanish, Portuguese
	'contacto', 'contato', 'ventas', 'vendas', 'facturacion', 'administracion', 'soporte', 'suporte', 'financeiro', 'atencionalcliente',
	'atendimento', 'hola',
	// Italian
	'contatti', 'amministrazione', 'contabilita', 'ufficio', 'segreteria', 'vendite', 'assistenza', 'fatture',
	// Dutch, Polish, Nordic
	'verkoop', 'boekhouding', 'administratie', 'facturen', 'klantenservice', 'biuro', 'sprzedaz', 'ksiegowosc', 'faktury', 'okonomi', 'salg',
	'myynti',
]);

/** Whether the local part (lower case, without tag) names a function: `info`, `sales.de`, `billing-uk`, `customer.service`. */
export function isRoleMailbox(local: string): boolean {
	if (ROLES.has(local)) return true;
	const words = local.split(/[._-]/);
	if (ROLES.has(words.join(''))) return true;
	return ROLES.has(words[0] ?? '') && words.slice(1).every((word) => ROLES.has(word) || word.length <= 2 || /^\d+$/.test(word));
}
