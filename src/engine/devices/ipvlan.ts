import type { Errno } from '../../model/refusal.ts';
import { type Icmp6, type IpAddr, type Ipv4, type Ipv6, isGroup, type Payload } from '../frame.ts';
import { forwardTo, joined, queueFor, transmit } from '../netdev.ts';
import { BACKLOG, cloneSkb, drop, dropOut, WORKER, withheld } from '../skb.ts';
import { sendFromParent6 } from '../stack/ipv6/output.ts';
import { sendFromParent } from '../stack/output.ts';
import type { Handled, IpvlanPort, NetDev, Skb, World } from '../world.ts';

/** The address by which ipvlan finds a receiver: IP destination, or ARP target (ipvlan_core.c:ipvlan_get_L3_hdr, ipvlan_addr_lookup). */
const destination = (payload: Payload): IpAddr | undefined => {
  switch (payload.proto) {
    case 'arp':
      return payload.target;
    case 'ipv4':
      return payload.dst;
    case 'ipv6':
      return payload.src === 0n ? target(payload.body) : payload.dst;
    case 'other':
      return undefined;
  }
};

/** Who asks for an address from none is known by what it asks for; nothing else that comes from none is. */
const target = (body: Icmp6): bigint | undefined => (body.icmp === 'neighbor-solicitation' ? body.target : undefined);

const source = (payload: Payload): IpAddr | undefined => {
  switch (payload.proto) {
    case 'arp':
      return payload.sender;
    case 'ipv4':
      return payload.src;
    case 'ipv6':
      return payload.src === 0n ? target(payload.body) : payload.src;
    case 'other':
      return undefined;
  }
};

const owner = (port: IpvlanPort, address: IpAddr | undefined): NetDev | undefined =>
  address === undefined ? undefined : port.byIp.get(address);

/** A child sends (ipvlan_core.c:ipvlan_queue_xmit). */
export const ipvlanTransmit = (world: World, child: NetDev, skb: Skb): Errno | undefined =>
  child.parent!.ipvlan!.mode === 'l2' ? transmitL2(world, child, skb) : transmitL3(world, child, skb);

/** Hands a frame to a sibling, unless the port is private (ipvlan_core.c:ipvlan_rcv_frame). */
const toSibling = (world: World, port: IpvlanPort, child: NetDev, sibling: NetDev, skb: Skb): Errno | undefined => {
  if (port.flag === 'private') {
    dropOut(world, skb, child, 'ipvlan.private');
    return 'ENOBUFS';
  }
  forwardTo(world, sibling, skb, BACKLOG);
  return undefined;
};

/** ipvlan_core.c:ipvlan_xmit_mode_l2. All devices of the parent share one MAC, so a frame to oneself is for one of them. */
const transmitL2 = (world: World, child: NetDev, skb: Skb): Errno | undefined => {
  const parent = child.parent!;
  const port = parent.ipvlan!;
  const { src, dst, payload } = skb.frame;
  if (port.flag !== 'vepa' && src === dst) {
    const sibling = owner(port, destination(payload));
    if (sibling) return toSibling(world, port, child, sibling, skb);
    forwardTo(world, parent, skb, BACKLOG);
    return undefined;
  }
  if (isGroup(dst)) {
    if (world.listener) withheld(world, skb, parent, 'ipvlan.host-apart');
    skb.dev = child;
    world.clock.post(WORKER, distributeSent, child, skb);
    return undefined;
  }
  return transmit(world, parent, skb);
};

/** ipvlan_core.c:ipvlan_xmit_mode_l3: siblings by address, all else through the parent's own routes. */
const transmitL3 = (world: World, child: NetDev, skb: Skb): Errno | undefined => {
  const parent = child.parent!;
  const port = parent.ipvlan!;
  const { dst, payload } = skb.frame;
  const sibling = port.flag === 'vepa' ? undefined : owner(port, destination(payload));
  if (sibling) return toSibling(world, port, child, sibling, skb);
  if (!isGroup(dst)) {
    if (payload.proto === 'ipv4') return sendFromParent(world, parent, skb, payload);
    if (payload.proto === 'ipv6') return sendFromParent6(world, parent, skb, payload);
  }
  dropOut(world, skb, child, 'ipvlan.l3-not-ip');
  return 'ENOBUFS';
};

/** The worker, for what a child sent: to all siblings whatever the flag, then to the wire (ipvlan_core.c:ipvlan_process_multicast). */
const distributeSent = (world: World, child: NetDev, skb: Skb): void => {
  const parent = child.parent;
  if (child.gone || !parent?.ipvlan) {
    drop(world, skb, child, 'device.gone');
    return;
  }
  for (const sibling of parent.ipvlan.children)
    if (sibling !== child && sibling.up && joined(sibling, skb.frame.dst))
      forwardTo(world, sibling, cloneSkb(world, skb, sibling), BACKLOG);
  transmit(world, parent, skb);
};

/** The worker, for what came from the wire. */
const distributeReceived = (world: World, parent: NetDev, skb: Skb): void => {
  let last: NetDev | undefined;
  for (const child of parent.ipvlan?.children ?? []) {
    if (!child.up || !joined(child, skb.frame.dst)) continue;
    if (last) queueFor(world, last, cloneSkb(world, skb, last), BACKLOG);
    last = child;
  }
  if (last) queueFor(world, last, skb, BACKLOG);
  else drop(world, skb, parent, 'ipvlan.nobody');
};

/** A frame came in on the parent (ipvlan_core.c:ipvlan_handle_frame). */
export const ipvlanReceive = (world: World, parent: NetDev, skb: Skb): Handled => {
  const port = parent.ipvlan!;
  switch (port.mode) {
    case 'l2':
      return skb.as === 'loopback' ? 'pass' : receiveL2(world, parent, port, skb);
    case 'l3':
      return receiveL3(port, skb);
    case 'l3s':
      return 'pass';
  }
};

/** A group frame is from outside unless it has our MAC and a child's address: then it is one of our own, reflected. */
const external = (parent: NetDev, port: IpvlanPort, { frame }: Skb): boolean =>
  frame.src !== parent.mac || owner(port, source(frame.payload)) === undefined;

const receiveL2 = (world: World, parent: NetDev, port: IpvlanPort, skb: Skb): Handled => {
  if (!isGroup(skb.frame.dst)) return receiveL3(port, skb);
  if (external(parent, port, skb)) world.clock.post(WORKER, distributeReceived, parent, cloneSkb(world, skb, parent));
  return 'pass';
};

/** By the destination address alone: the MAC is not looked at (ipvlan_core.c:ipvlan_handle_mode_l3). */
const receiveL3 = (port: IpvlanPort, skb: Skb): Handled => {
  const child = owner(port, destination(skb.frame.payload));
  if (!child) return 'pass';
  skb.dev = child;
  return 'another';
};

/**
 * Mode l3s: once the host's own input has routed a packet, one for a child is delivered in the child's namespace
 * (ipvlan_l3s.c:ipvlan_l3_rcv, ipvlan_nf_input).
 */
export const l3sChild = (parent: NetDev, packet: Ipv4 | Ipv6): NetDev | undefined =>
  parent.ipvlan?.mode === 'l3s' ? owner(parent.ipvlan, destination(packet)) : undefined;
