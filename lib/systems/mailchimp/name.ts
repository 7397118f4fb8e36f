import type { SystemName } from '../../transport';

export const MAILCHIMP: SystemName = { id: 'mailchimp', label: 'Mailchimp' };
