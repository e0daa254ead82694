import type { Errno } from '../../model/refusal.ts';
import type { Icmp, Ipv4 } from '../frame.ts';
import { queueFor } from '../netdev.ts';
import { BACKLOG, cloneSkb, dropOut, newSkb } from '../skb.ts';
import type { NetDev, Netns, Route, Skb, World } from '../world.ts';
import { fragment } from './fragment.ts';
import { sendVia } from './neighbour.ts';
import { pathMtu } from './path-mtu.ts';
import { type RouteQuery, routeOutput } from './route.ts';

export const IP_HEADER = 20;
export const ICMP_HEADER = 8;

/** Bytes behind the IP header. Errors carry the header and eight bytes of what they speak of, or as much as fits in 576. */
export const icmpLength = (body: Icmp): number => {
  switch (body.icmp) {
    case 'echo-request':
    case 'echo-reply':
      return ICMP_HEADER + body.bytes;
    case 'unreachable':
    case 'time-exceeded':
    case 'redirect':
      return ICMP_HEADER + Math.min(body.about.length, 576 - IP_HEADER - ICMP_HEADER);
  }
};

/** A route that leads somewhere. */
export type Way = Exclude<Route, { readonly type: 'none' }>;

export type Outgoing = RouteQuery & {
  readonly to: number;
  readonly body: Icmp;
  readonly ttl?: number;
  readonly broadcast?: boolean;
  /** `true` insists; by default it is asked for while the packet fits; what the kernel itself sends never asks for it. */
  readonly dontFragment?: boolean | 'never';
};

/** Sends an ICMP message from a namespace (net/ipv4/ip_output.c:ip_send_skb over ip_local_out). */
export const sendIcmp = (world: World, ns: Netns, outgoing: Outgoing): Errno | undefined => {
  const route = routeOutput(world, ns, outgoing.to, outgoing);
  if (route.type === 'none') return route.errno;
  if (route.type === 'broadcast' && !outgoing.broadcast) return 'EACCES';
  const length = IP_HEADER + icmpLength(outgoing.body);
  const mtu = pathMtu(world, ns, route.dev, outgoing.to);
  const { dontFragment = length <= mtu } = outgoing;
  if (dontFragment === true && length > mtu) return 'EMSGSIZE';
  const packet: Ipv4 = {
    proto: 'ipv4',
    src: outgoing.source || route.source,
    dst: outgoing.to,
    ttl: outgoing.ttl ?? ns.defaultTtl,
    dontFragment: dontFragment === true,
    length,
    body: outgoing.body,
  };
  return sendPacket(world, route, packet);
};

/** Sends a packet of this machine's own along its way (ip_output.c:ip_output, ip_mc_output). */
export const sendPacket = (world: World, route: Way, packet: Ipv4): Errno | undefined => {
  const { dev } = route;
  const skb = newSkb(world, dev, { src: dev.mac, dst: 0, vlan: 0, payload: packet });
  return sendSkb(world, route, skb, packet);
};

const sendSkb = (world: World, route: Way, skb: Skb, packet: Ipv4): Errno | undefined => {
  const { dev } = route;
  if (route.type === 'broadcast' && !dev.loopback) hearOneself(world, dev, skb);
  return fragmentAndSend(world, dev, route.gateway || packet.dst, skb, packet);
};

/** A broadcast is also for the machine that sends it (ip_output.c:ip_mc_output, net/core/dev.c:dev_loopback_xmit). */
const hearOneself = (world: World, dev: NetDev, skb: Skb): void => {
  const own = cloneSkb(world, skb, dev);
  own.routed = true;
  own.as = 'loopback';
  queueFor(world, dev, own, BACKLOG);
};

/** The last step: split what is too long, find the neighbour, send (ip_output.c:ip_finish_output). */
export const fragmentAndSend = (
  world: World,
  dev: NetDev,
  nextHop: number,
  skb: Skb,
  packet: Ipv4,
): Errno | undefined => {
  const mtu = pathMtu(world, dev.ns, dev, packet.dst);
  if (packet.length <= mtu) return sendVia(world, dev, nextHop, skb, packet.src);
  let result: Errno | undefined;
  for (const piece of fragment(world, dev, mtu, skb, packet))
    result = sendVia(world, dev, nextHop, piece, packet.src) ?? result;
  return result;
};

/**
 * ipvlan in l3 modes: a child's packet leaves as if the parent's own machine had sent it, by the routes of the parent's
 * namespace over the parent, whatever its source (drivers/net/ipvlan/ipvlan_core.c:ipvlan_process_v4_outbound).
 */
export const sendFromParent = (world: World, parent: NetDev, skb: Skb, packet: Ipv4): Errno | undefined => {
  const route = routeOutput(world, parent.ns, packet.dst, { out: parent, source: packet.src, anySource: true });
  if (route.type !== 'unicast' && route.type !== 'local') {
    parent.tally.txErrors++;
    dropOut(world, skb, parent, 'ipvlan.no-route');
    return 'ENOBUFS';
  }
  skb.frame = { src: route.dev.mac, dst: 0, vlan: 0, payload: packet };
  return fragmentAndSend(world, route.dev, route.gateway || packet.dst, skb, packet);
};
