import type { Loopback } from '../device.ts';
import type { Kind } from './kind.ts';

/** Made with its namespace; no command makes or removes it (drivers/net/loopback.c). */
export const loopback: Kind<Loopback, never> = { mtu: { min: 0, max: 0 } };
