import type { Vlan } from '../../model/device.ts';
import type { Errno } from '../../model/refusal.ts';
import { transmit } from '../netdev.ts';
import type { NetDev, Skb, World } from '../world.ts';

/** Puts the tag on and sends over the parent (net/8021q/vlan_dev.c:vlan_dev_hard_start_xmit). Tags stack, the outer one last. */
export const vlanTransmit = (world: World, dev: NetDev, skb: Skb): Errno | undefined => {
  const { frame } = skb;
  const { vid } = dev.device as Vlan;
  skb.frame = { src: frame.src, dst: frame.dst, vlan: frame.vlan * 4096 + vid, payload: frame.payload };
  return transmit(world, dev.parent!, skb);
};
