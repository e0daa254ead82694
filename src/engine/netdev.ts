import type { Errno } from '../model/refusal.ts';
import { classify, drop, dropOut, frameLength, WIRE } from './skb.ts';
import type { NetDev, Skb, World } from './world.ts';

/** A tagged frame may exceed the MTU by the header and one tag (include/linux/netdevice.h:__is_skb_forwardable). */
const SLACK = 14 + 4;

/** How often each copy may be sent on its way through stacked devices and switches: more go round in circles. */
const SENDS = 2;

/** Sends a frame out of a device (net/core/dev.c:__dev_queue_xmit). The errno is what a sender on this machine gets. */
export const transmit = (world: World, dev: NetDev, skb: Skb): Errno | undefined => {
  skb.dev = dev;
  if (!dev.up) {
    dropOut(world, skb, dev, dev.gone ? 'device.gone' : 'device.down');
    return 'ENETDOWN';
  }
  if (!dev.carrier) {
    dropOut(world, skb, dev, 'device.no-carrier');
    return undefined;
  }
  skb.life.sends++;
  if (skb.life.copies > world.budget || skb.life.sends > SENDS * world.budget) {
    world.storms++;
    dropOut(world, skb, dev, 'storm');
    return undefined;
  }
  dev.tally.txPackets++;
  dev.tally.txBytes += frameLength(skb.frame);
  if (world.listener)
    world.listener({ kind: 'sent', time: world.clock.now(), copy: skb.copy, at: dev.spot, frame: skb.frame });
  if (dev.taps.length > 0) for (const tap of dev.taps) tap.receive(skb.frame, 'outgoing', world.clock.now());
  return dev.transmit(world, dev, skb);
};

/** Whether a device takes a frame that another one of this machine hands it (net/core/dev.c:__dev_forward_skb). */
export const forwardable = (dev: NetDev, skb: Skb): boolean => dev.up && frameLength(skb.frame) <= dev.mtu + SLACK;

/** Hands a frame to another device, which receives it after `delay` (net/core/dev.c:dev_forward_skb). */
export const forwardTo = (world: World, dev: NetDev, skb: Skb, delay: number): void => {
  if (!forwardable(dev, skb)) {
    drop(world, skb, dev, dev.up ? 'device.too-long' : 'device.down');
    return;
  }
  skb.as = classify(dev, skb.frame.dst);
  skb.dev = dev;
  world.clock.post(delay, arrive, dev, skb);
};

/** Puts a frame into a device's receive queue as it is (net/core/dev.c:netif_rx). */
export const queueFor = (world: World, dev: NetDev, skb: Skb, delay: number): void => {
  skb.dev = dev;
  world.clock.post(delay, arrive, dev, skb);
};

/** The wire and the veth pair: what goes in at one end comes out at the other. */
export const crossWire = (world: World, peer: NetDev, skb: Skb): void => forwardTo(world, peer, skb, WIRE);

const arrive = (world: World, dev: NetDev, skb: Skb): void => {
  if (dev.gone) drop(world, skb, dev, 'device.gone');
  else receive(world, dev, skb);
};
/**
 * A frame comes in on a device (net/core/dev.c:__netif_receive_skb_core): taps first, then VLAN devices, then the one
 * receive handler, then the protocols. A handler may hand the frame to another device, where all begins again.
 */
export const receive = (world: World, first: NetDev, skb: Skb): void => {
  let dev = first;
  for (;;) {
    skb.dev = dev;
    tapIn(world, dev, skb);
    const vlan = skb.frame.vlan;
    if (vlan !== 0 && dev.vlans) {
      const inner = dev.vlans.get(vlan % 4096);
      if (inner) {
        if (!untag(world, inner, skb)) return;
        dev = inner;
        continue;
      }
    }
    const handled = dev.receive === undefined ? 'pass' : dev.receive(world, dev, skb);
    if (handled === 'consumed') return;
    if (handled === 'pass') break;
    dev = skb.dev;
  }
  if (skb.frame.vlan !== 0) drop(world, skb, dev, 'vlan.unknown');
  else toProtocol(world, dev, skb);
};

const toProtocol = (world: World, dev: NetDev, skb: Skb): void => {
  switch (skb.frame.payload.proto) {
    case 'arp':
      return world.protocols.arp(world, dev, skb);
    case 'ipv4':
      return world.protocols.ipv4(world, dev, skb);
    case 'ipv6':
      return world.protocols.ipv6(world, dev, skb);
    case 'other':
      return drop(world, skb, dev, 'protocol.unknown');
  }
};

const tapIn = (world: World, dev: NetDev, skb: Skb): void => {
  world.deliveries++;
  dev.tally.rxPackets++;
  dev.tally.rxBytes += frameLength(skb.frame) - 14;
  if (skb.as === 'multicast' || skb.as === 'broadcast') dev.tally.rxMulticast++;
  if (world.listener)
    world.listener({
      kind: 'received',
      time: world.clock.now(),
      copy: skb.copy,
      at: dev.spot,
      frame: skb.frame,
      as: skb.as,
    });
  if (dev.taps.length > 0) for (const tap of dev.taps) tap.receive(skb.frame, skb.as, world.clock.now());
};

/** Takes the outer tag off for the VLAN device that it belongs to (net/8021q/vlan_core.c:vlan_do_receive). */
const untag = (world: World, inner: NetDev, skb: Skb): boolean => {
  if (!inner.up) {
    drop(world, skb, inner, 'vlan.down');
    return false;
  }
  const { frame } = skb;
  skb.frame = { src: frame.src, dst: frame.dst, vlan: Math.floor(frame.vlan / 4096), payload: frame.payload };
  if (skb.as === 'otherhost' && frame.dst === inner.mac) skb.as = 'host';
  return true;
};

/** IPv4 joins all-hosts on every device that is up (net/ipv4/igmp.c:ip_mc_up). */
const ALL_HOSTS = 0x0100_5e00_0001;

/** Whether a child takes a group address: its multicast filter holds what its stack joined (macvlan.c:macvlan_compute_filter). */
export const joined = (dev: NetDev, group: number): boolean =>
  dev.allGroups || group === 0xffff_ffff_ffff || group === ALL_HOSTS || dev.groups.has(group);
