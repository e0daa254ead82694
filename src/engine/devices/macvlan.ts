import type { Macvlan, MacvlanMode } from '../../model/device.ts';
import type { Errno } from '../../model/refusal.ts';
import { isGroup } from '../frame.ts';
import { forwardTo, joined, queueFor, transmit } from '../netdev.ts';
import { BACKLOG, cloneSkb, drop, WORKER, withheld } from '../skb.ts';
import type { Handled, MacvlanPort, NetDev, Skb, World } from '../world.ts';

const modeOf = (child: NetDev): MacvlanMode => (child.device as Macvlan).mode;

/** A child sends (drivers/net/macvlan.c:macvlan_queue_xmit). Only bridge mode looks at siblings; all else goes to the wire. */
export const macvlanTransmit = (world: World, child: NetDev, skb: Skb): Errno | undefined => {
  const parent = child.parent!;
  const port = parent.macvlan!;
  const { dst } = skb.frame;
  if (modeOf(child) === 'bridge') {
    if (isGroup(dst)) broadcastToBridgeSiblings(world, port, child, skb);
    else {
      const sibling = port.byMac.get(dst);
      if (sibling && modeOf(sibling) === 'bridge') {
        forwardTo(world, parent, skb, BACKLOG);
        return undefined;
      }
    }
  }
  if (world.listener) tellApart(world, port, child, skb);
  return transmit(world, parent, skb);
};

/** Says which devices of this machine do not get what goes to the wire, since people expect that they would. */
const tellApart = (world: World, port: MacvlanPort, child: NetDev, skb: Skb): void => {
  const { dst } = skb.frame;
  const parent = child.parent!;
  if (isGroup(dst) || dst === parent.mac) withheld(world, skb, parent, 'macvlan.host-apart');
  for (const sibling of port.children)
    if (sibling !== child && sibling.up && (isGroup(dst) ? !bothBridge(child, sibling) : sibling.mac === dst))
      withheld(world, skb, sibling, 'macvlan.not-bridge-mode');
};

const bothBridge = (a: NetDev, b: NetDev): boolean => modeOf(a) === 'bridge' && modeOf(b) === 'bridge';

const broadcastToBridgeSiblings = (world: World, port: MacvlanPort, child: NetDev, skb: Skb): void => {
  for (const sibling of port.byMac.values())
    if (sibling !== child && modeOf(sibling) === 'bridge' && joined(sibling, skb.frame.dst))
      forwardTo(world, sibling, cloneSkb(world, skb, sibling), BACKLOG);
};

/** A frame came in on the parent (drivers/net/macvlan.c:macvlan_handle_frame). */
export const macvlanReceive = (world: World, parent: NetDev, skb: Skb): Handled => {
  if (skb.as === 'loopback') return 'pass';
  const port = parent.macvlan!;
  const { src, dst } = skb.frame;
  if (copyToListening(world, port, skb)) return 'consumed';
  if (isGroup(dst)) return receiveGroup(world, parent, port, skb);
  const child = port.passthru ?? port.byMac.get(dst);
  if (!child || modeOf(child) === 'source') return 'pass';
  if (!child.up) {
    drop(world, skb, child, 'macvlan.child-down');
    return 'consumed';
  }
  if (world.listener && port.passthru && dst === parent.mac && src !== parent.mac)
    withheld(world, skb, parent, 'macvlan.taken');
  skb.dev = child;
  skb.as = 'host';
  return 'another';
};

/**
 * Children in source mode get a copy of all that comes from a MAC on their list, whoever it is for
 * (macvlan.c:macvlan_forward_source). True when one of them wants nobody else to see it (nodst).
 */
const copyToListening = (world: World, port: MacvlanPort, skb: Skb): boolean => {
  const listening = port.bySource.get(skb.frame.src);
  if (!listening) return false;
  let exclusive = false;
  for (const child of listening) {
    const copy = cloneSkb(world, skb, child);
    if (copy.frame.dst === child.mac) copy.as = 'host';
    queueFor(world, child, copy, BACKLOG);
    if ((child.device as Macvlan).nodst) exclusive = true;
  }
  if (exclusive) drop(world, skb, skb.dev, 'macvlan.taken');
  return exclusive;
};

const receiveGroup = (world: World, parent: NetDev, port: MacvlanPort, skb: Skb): Handled => {
  const sender = port.byMac.get(skb.frame.src);
  const mode = sender && modeOf(sender);
  if (sender && (mode === 'private' || mode === 'passthru' || mode === 'source')) {
    if (world.listener) tellReflected(world, parent, port, sender, skb);
    queueFor(world, sender, skb, BACKLOG);
    return 'consumed';
  }
  if (port.broadcastQueue > 0) {
    const copy = cloneSkb(world, skb, sender ?? parent);
    world.clock.post(WORKER, distribute, parent, copy);
  } else if (world.listener) for (const child of port.byMac.values()) withheld(world, skb, child, 'macvlan.no-queue');
  return 'pass';
};

const tellReflected = (world: World, parent: NetDev, port: MacvlanPort, sender: NetDev, skb: Skb): void => {
  withheld(world, skb, parent, 'macvlan.reflected');
  for (const child of port.byMac.values()) if (child !== sender) withheld(world, skb, child, 'macvlan.reflected');
};

/** Who hears a group frame that came from a sender of this mode, or from outside (macvlan.c:macvlan_multicast_rx). */
const hears = (child: MacvlanMode, sender: MacvlanMode | undefined): boolean => {
  switch (sender) {
    case undefined:
      return child !== 'source';
    case 'vepa':
      return child === 'vepa' || child === 'bridge';
    case 'bridge':
      return child === 'vepa';
    case 'private':
    case 'passthru':
    case 'source':
      return false;
  }
};

/** The broadcast worker (macvlan.c:macvlan_process_broadcast). */
const distribute = (world: World, parent: NetDev, skb: Skb): void => {
  const port = parent.macvlan;
  const sender = port?.byMac.get(skb.frame.src);
  const mode = sender && modeOf(sender);
  const as = skb.frame.dst === 0xffff_ffff_ffff ? 'broadcast' : 'multicast';
  let last: NetDev | undefined;
  const hand = (child: NetDev, copy: Skb): void => {
    copy.as = as;
    queueFor(world, child, copy, BACKLOG);
  };
  for (const child of port?.byMac.values() ?? []) {
    if (child === sender || !joined(child, skb.frame.dst)) continue;
    if (!hears(modeOf(child), mode)) {
      if (world.listener && modeOf(child) !== 'source' && !(mode === 'bridge' && modeOf(child) === 'bridge'))
        withheld(world, skb, child, modeOf(child) === 'private' ? 'macvlan.private-child' : 'macvlan.reflected');
      continue;
    }
    if (last) hand(last, cloneSkb(world, skb, last));
    last = child;
  }
  if (last) hand(last, skb);
  else drop(world, skb, parent, 'macvlan.nobody');
};
