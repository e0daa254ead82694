import { SECOND } from '../../event.ts';
import { type Icmp6, type Ipv6, isError6, MINIMUM_MTU } from '../../frame6.ts';
import { delivered, drop } from '../../skb.ts';
import type { NetDev, Netns, Peer, Skb, World } from '../../world.ts';
import { pay } from '../icmp.ts';
import { ANY6, isLinkLocal, isMulticast6 } from './address.ts';
import { ND_HOP_LIMIT } from './nd.ts';
import { receiveAdvertisement, receiveRouterSolicitation, receiveSolicitation } from './nd-receive.ts';
import { sendIcmp6 } from './output.ts';
import { receiveRouterAdvertisement } from './ra.ts';
import { takeRedirect6 } from './redirect.ts';
import { routeOutput6 } from './route.ts';
import { sourceAddress6 } from './source.ts';

/** What net.ipv6.icmp.ratelimit allows by default: one error a second, and six saved up (icmp.c:icmpv6_xrlim_allow). */
const COST = SECOND;
const SAVED = 6;

export const peerOf6 = (world: World, ns: Netns, host: bigint): Peer => {
  const known = ns.inet6.peers.get(host);
  if (known) return known;
  const peer: Peer = { tokens: 0, last: world.clock.now() - 60 * SECOND, redirects: 0 };
  ns.inet6.peers.set(host, peer);
  return peer;
};

type ErrorBody6 = Exclude<Extract<Icmp6, { readonly about: Ipv6 }>, { readonly icmp: 'redirect' }>;

/**
 * Tells the sender of a packet what became of it (net/ipv6/icmp.c:icmp6_send). `at` is the device that it came in on, or
 * would have gone out of; a router speaks with an address of the device that the packet came `by`.
 */
export const sendError6 = (world: World, at: NetDev, skb: Skb, body: ErrorBody6, by?: NetDev): void => {
  const { about } = body;
  const { ns } = at;
  const uncertain = isMulticast6(about.dst) || skb.as !== 'host';
  if ((uncertain && body.icmp !== 'packet-too-big') || isError6(about.body)) return;
  if (about.src === ANY6 || isMulticast6(about.src) || (about.fragment?.offset ?? 0) > 0) return;
  const out = isLinkLocal(about.src) ? at : undefined;
  const source = by ? sourceAddress6(ns, by, about.src) : ANY6;
  const route = routeOutput6(ns, about.src, { out, source });
  if (route.type === 'none') return;
  if (
    body.icmp !== 'packet-too-big' &&
    !route.dev.loopback &&
    !affordable(world, ns, about.src, route.fib.model.length)
  )
    return;
  sendIcmp6(world, ns, { to: about.src, body, out, source });
};

/** The wider the prefix that a host was found by, the more it may be told. */
const affordable = (world: World, ns: Netns, host: bigint, length: number): boolean => {
  const cost = Math.floor(COST / 2 ** ((128 - length) >> 5));
  return pay(world, peerOf6(world, ns, host), SAVED * cost, cost);
};

/** An ICMPv6 message for this machine (net/ipv6/icmp.c:icmpv6_rcv). Raw sockets have had their copy already. */
export const receiveIcmp6 = (world: World, dev: NetDev, skb: Skb, packet: Ipv6): void => {
  const { body } = packet;
  switch (body.icmp) {
    case 'echo-request':
      return receiveEcho(world, dev, skb, packet, body);
    case 'echo-reply':
    case 'unreachable':
    case 'time-exceeded':
    case 'mld':
      return delivered(world, skb, 'icmp');
    case 'packet-too-big':
      delivered(world, skb, 'icmp');
      dev.ns.inet6.pathMtu.set(body.about.dst, Math.max(body.mtu, MINIMUM_MTU));
      return;
    case 'redirect':
    case 'neighbor-solicitation':
    case 'neighbor-advertisement':
    case 'router-solicitation':
    case 'router-advertisement':
      return receiveDiscovery(world, dev, skb, packet, body);
  }
};

type Discovery = Exclude<Icmp6, ErrorBody6 | { readonly icmp: 'echo-request' | 'echo-reply' | 'mld' }>;

/** net/ipv6/ndisc.c:ndisc_rcv */
const receiveDiscovery = (world: World, dev: NetDev, skb: Skb, packet: Ipv6, body: Discovery): void => {
  if (packet.hopLimit !== ND_HOP_LIMIT) return drop(world, skb, dev, 'nd.malformed');
  switch (body.icmp) {
    case 'neighbor-solicitation':
      return receiveSolicitation(world, dev, skb, packet, body);
    case 'neighbor-advertisement':
      return receiveAdvertisement(world, dev, skb, packet, body);
    case 'router-solicitation':
      return receiveRouterSolicitation(world, dev, skb, packet, body);
    case 'router-advertisement':
      return receiveRouterAdvertisement(world, dev, skb, packet, body);
    case 'redirect':
      delivered(world, skb, 'nd');
      return takeRedirect6(world, dev, packet.src, body);
  }
};

type Echo = Extract<Icmp6, { readonly icmp: 'echo-request' | 'echo-reply' }>;

/** Echo requests to a group are answered too, from an address of the device (icmp.c:icmpv6_echo_reply). */
const receiveEcho = (world: World, dev: NetDev, skb: Skb, packet: Ipv6, body: Echo): void => {
  const { ignoreEcho, ignoreMulticastEcho } = dev.ns.inet6;
  const group = isMulticast6(packet.dst);
  if (ignoreEcho || (group && ignoreMulticastEcho)) return drop(world, skb, dev, 'icmp6.ignored');
  delivered(world, skb, 'icmp');
  sendIcmp6(world, dev.ns, {
    to: packet.src,
    body: { ...body, icmp: 'echo-reply' },
    source: group ? ANY6 : packet.dst,
    out: dev,
  });
};
