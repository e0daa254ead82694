import type { Errno } from '../../model/refusal.ts';
import { queueFor } from '../netdev.ts';
import { BACKLOG } from '../skb.ts';
import type { NetDev, Skb, World } from '../world.ts';

/** Everything comes straight back, with its route still attached (drivers/net/loopback.c:loopback_xmit). */
export const loopbackTransmit = (world: World, dev: NetDev, skb: Skb): Errno | undefined => {
  skb.as = 'host';
  skb.routed = true;
  queueFor(world, dev, skb, BACKLOG);
  return undefined;
};
