import type { SystemName } from '../../transport';

export const ZENDESK: SystemName = { id: 'zendesk', label: 'Zendesk' };
