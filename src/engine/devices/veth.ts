import type { Errno } from '../../model/refusal.ts';
import { crossWire } from '../netdev.ts';
import { dropOut } from '../skb.ts';
import type { NetDev, Skb, World } from '../world.ts';

/** What goes into one end comes out of the other (drivers/net/veth.c:veth_xmit). */
export const vethTransmit = (world: World, dev: NetDev, skb: Skb): Errno | undefined => {
  if (dev.peer) crossWire(world, dev.peer, skb);
  else dropOut(world, skb, dev, 'device.gone');
  return undefined;
};
