import type { Errno } from '../../model/refusal.ts';
import { crossWire } from '../netdev.ts';
import { dropOut } from '../skb.ts';
import type { NetDev, Skb, World } from '../world.ts';

/** A network card sends to whatever its cable leads to. Nothing filters by MAC on the way in: veth does not either. */
export const nicTransmit = (world: World, dev: NetDev, skb: Skb): Errno | undefined => {
  if (dev.peer) crossWire(world, dev.peer, skb);
  else dropOut(world, skb, dev, 'nic.unplugged');
  return undefined;
};
