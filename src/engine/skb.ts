import { MICROSECOND, type PacketType } from './event.ts';
import { BROADCAST, ETHERNET_HEADER, type Frame, isGroup } from './frame.ts';
import type { ReasonCode } from './reason.ts';
import type { NetDev, Skb, World } from './world.ts';

/** How long a frame takes: over a wire, through the receive queue of the same machine, through a worker. */
export const WIRE = 18 * MICROSECOND;
export const BACKLOG = 15 * MICROSECOND;
export const WORKER = 25 * MICROSECOND;

/** A tag takes four bytes more than the header that an MTU already allows for. */
const VLAN_TAG = 4;

export const frameLength = (frame: Frame): number =>
  ETHERNET_HEADER + (frame.vlan === 0 ? 0 : VLAN_TAG) + frame.payload.length;

/** A frame that a stack makes: the first of its line. */
export const newSkb = (world: World, dev: NetDev, frame: Frame): Skb => {
  const copy = world.nextCopy++;
  const skb: Skb = { copy, life: { origin: copy, copies: 1, sends: 0 }, frame, dev, as: 'host', routed: false };
  if (world.listener) world.listener({ kind: 'created', time: world.clock.now(), copy, at: dev.spot, frame });
  return skb;
};

/** One more copy of a frame (skb_clone). */
export const cloneSkb = (world: World, skb: Skb, dev: NetDev): Skb => {
  const copy = world.nextCopy++;
  skb.life.copies++;
  if (world.listener)
    world.listener({ kind: 'created', time: world.clock.now(), copy, of: skb.copy, at: dev.spot, frame: skb.frame });
  return { copy, life: skb.life, frame: skb.frame, dev, as: skb.as, routed: false };
};

/** The packet that a router makes of one that it forwards: of the same life, so that a loop is noticed. */
export const successorSkb = (world: World, skb: Skb, dev: NetDev, frame: Frame): Skb => {
  const copy = world.nextCopy++;
  skb.life.copies++;
  if (world.listener) {
    const time = world.clock.now();
    world.listener({ kind: 'created', time, copy, of: skb.copy, at: dev.spot, frame });
    world.listener({ kind: 'forwarded', time, copy: skb.copy, at: skb.dev.spot, as: copy });
  }
  return { copy, life: skb.life, frame, dev, as: 'host', routed: false };
};

export const drop = (world: World, skb: Skb, at: NetDev, reason: ReasonCode): void => {
  at.tally.rxDropped++;
  if (world.listener)
    world.listener({ kind: 'dropped', time: world.clock.now(), copy: skb.copy, at: at.spot, frame: skb.frame, reason });
};

export const dropOut = (world: World, skb: Skb, at: NetDev, reason: ReasonCode): void => {
  at.tally.txDropped++;
  if (world.listener)
    world.listener({ kind: 'dropped', time: world.clock.now(), copy: skb.copy, at: at.spot, frame: skb.frame, reason });
};

export const delivered = (world: World, skb: Skb, to: 'arp' | 'icmp' | 'nd'): void => {
  if (world.listener)
    world.listener({ kind: 'delivered', time: world.clock.now(), copy: skb.copy, at: skb.dev.spot, to });
};

export const withheld = (world: World, skb: Skb, from: NetDev, reason: ReasonCode): void => {
  if (world.listener)
    world.listener({ kind: 'withheld', time: world.clock.now(), copy: skb.copy, at: from.spot, reason });
};

/** How a device sees a destination address (net/ethernet/eth.c:eth_type_trans). */
export const classify = (dev: NetDev, dst: number): PacketType => {
  if (dst === dev.mac) return 'host';
  if (dst === BROADCAST) return 'broadcast';
  return isGroup(dst) ? 'multicast' : 'otherhost';
};
