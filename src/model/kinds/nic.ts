import type { Nic } from '../device.ts';
import type { Kind } from './kind.ts';

/** Hardware: `nic.add` makes it, and a namespace that is deleted gives it back. */
export const nic: Kind<Nic, never> = { mtu: { min: 68, max: 9216 } };
