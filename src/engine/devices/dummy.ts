import type { Errno } from '../../model/refusal.ts';
import { dropOut } from '../skb.ts';
import type { NetDev, Skb, World } from '../world.ts';

/** drivers/net/dummy.c:dummy_xmit counts a frame and frees it. */
export const dummyTransmit = (world: World, dev: NetDev, skb: Skb): Errno | undefined => {
  dropOut(world, skb, dev, 'dummy.swallowed');
  return undefined;
};
