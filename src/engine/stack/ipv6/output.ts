import type { Errno } from '../../../model/refusal.ts';
import { type Icmp6, IPV6_HEADER, type Ipv6, icmp6Length } from '../../frame6.ts';
import { queueFor } from '../../netdev.ts';
import { BACKLOG, cloneSkb, dropOut, newSkb } from '../../skb.ts';
import type { NetDev, Netns, Route6, Skb, World } from '../../world.ts';
import { sendVia } from '../neighbour.ts';
import { ANY6, isMulticast6 } from './address.ts';
import { fragment6 } from './fragment.ts';
import { type Query6, routeOutput6 } from './route.ts';

const HOP_LIMIT = 64;
/** Multicasts stay on the link unless the sender says otherwise (include/net/ipv6.h: IPV6_DEFAULT_MCASTHOPS). */
const MULTICAST_HOP_LIMIT = 1;

/** A route that leads somewhere. */
type Way6 = Exclude<Route6, { readonly type: 'none' }>;

export type Outgoing6 = Query6 & {
  readonly to: bigint;
  readonly body: Icmp6;
  readonly hopLimit?: number;
  readonly dontFragment?: boolean;
};

/** Sends an ICMPv6 message from a namespace (net/ipv6/raw.c:rawv6_sendmsg, icmp.c:icmpv6_push_pending_frames). */
export const sendIcmp6 = (world: World, ns: Netns, outgoing: Outgoing6): Errno | undefined => {
  const { to, body, hopLimit } = outgoing;
  const route = routeOutput6(ns, to, outgoing);
  if (route.type === 'none') return route.errno;
  if (route.source === ANY6) return 'EADDRNOTAVAIL';
  const packet: Ipv6 = {
    proto: 'ipv6',
    src: route.source,
    dst: to,
    hopLimit: hopLimit ?? (route.type === 'multicast' ? MULTICAST_HOP_LIMIT : HOP_LIMIT),
    length: IPV6_HEADER + icmp6Length(body),
    body,
  };
  const mtu = pathMtu6(ns, route.dev, to);
  if (packet.length > mtu && outgoing.dontFragment) return 'EMSGSIZE';
  const skb = newSkb(world, route.dev, { src: route.dev.mac, dst: 0, vlan: 0, payload: packet });
  if (route.type === 'multicast') hearOneself(world, route, skb);
  return fragmentAndSend(world, route, skb, packet, mtu);
};

/** How long a packet may be: as the first link takes, or as little as a router said that the way takes. */
export const pathMtu6 = (ns: Netns, { mtu }: NetDev, to: bigint): number =>
  Math.min(mtu, ns.inet6.pathMtu.get(to) ?? mtu);

/** A multicast is also for the machine that sends it, where that listens (ip6_output.c:ip6_finish_output2). */
const hearOneself = (world: World, { dev }: Way6, skb: Skb): void => {
  const packet = skb.frame.payload as Ipv6;
  if (dev.loopback || !dev.inet6?.groups.has(packet.dst)) return;
  const own = cloneSkb(world, skb, dev);
  own.as = 'loopback';
  queueFor(world, dev, own, BACKLOG);
};

const fragmentAndSend = (world: World, route: Way6, skb: Skb, packet: Ipv6, mtu: number): Errno | undefined => {
  const nextHop = route.gateway || packet.dst;
  if (packet.length <= mtu) return sendVia(world, route.dev, nextHop, skb, packet.src);
  let result: Errno | undefined;
  for (const piece of fragment6(world, route.dev, skb, packet, mtu))
    result = sendVia(world, route.dev, nextHop, piece, packet.src) ?? result;
  return result;
};

/** Sends straight out of a device, whatever the routes say: neighbour discovery and MLD (net/ipv6/ndisc.c:ndisc_send_skb). */
export const sendOnLink = (world: World, dev: NetDev, packet: Omit<Ipv6, 'proto' | 'length'>): void => {
  const payload: Ipv6 = { proto: 'ipv6', ...packet, length: IPV6_HEADER + icmp6Length(packet.body) };
  const skb = newSkb(world, dev, { src: dev.mac, dst: 0, vlan: 0, payload });
  sendVia(world, dev, packet.dst, skb, packet.src);
};

/**
 * ipvlan in l3 modes: a child's packet leaves as if the parent's own machine had sent it, by the routes of the parent's
 * namespace. Unlike IPv4, a destination without a route is lost (drivers/net/ipvlan/ipvlan_core.c:ipvlan_process_v6_outbound).
 */
export const sendFromParent6 = (world: World, parent: NetDev, skb: Skb, packet: Ipv6): Errno | undefined => {
  const route = routeOutput6(parent.ns, packet.dst, { out: parent, source: packet.src });
  if (route.type === 'none' || isMulticast6(packet.dst)) {
    parent.tally.txErrors++;
    dropOut(world, skb, parent, 'ipvlan.no-route');
    return 'ENOBUFS';
  }
  skb.frame = { src: route.dev.mac, dst: 0, vlan: 0, payload: packet };
  return fragmentAndSend(world, route, skb, packet, route.dev.mtu);
};
