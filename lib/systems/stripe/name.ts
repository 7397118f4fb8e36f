import type { SystemName } from '../../transport';

export const STRIPE: SystemName = { id: 'stripe', label: 'Stripe' };
