import type { SystemName } from '../../transport';

export const HUBSPOT: SystemName = { id: 'hubspot', label: 'HubSpot' };
