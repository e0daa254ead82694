import { l3sChild } from '../../devices/ipvlan.ts';
import { SECOND } from '../../event.ts';
import { type Ipv6, MINIMUM_MTU } from '../../frame6.ts';
import { drop, successorSkb } from '../../skb.ts';
import type { NetDev, Skb, World } from '../../world.ts';
import { pay } from '../icmp.ts';
import { sendVia } from '../neighbour.ts';
import { ANY6, isLinkLocal, isMulticast6, LOOPBACK6 } from './address.ts';
import { reassemble6 } from './fragment.ts';
import { peerOf6, receiveIcmp6, sendError6 } from './icmp.ts';
import { sendRedirect6 } from './redirect.ts';
import { type InputRoute6, routeInput6 } from './route.ts';

/** An IPv6 packet came in (net/ipv6/ip6_input.c:ip6_rcv_core). */
export const receiveIpv6 = (world: World, dev: NetDev, skb: Skb): void => {
  const packet = skb.frame.payload as Ipv6;
  if (!dev.inet6) return drop(world, skb, dev, 'ip6.disabled');
  if (skb.as === 'otherhost') return drop(world, skb, dev, 'frame.otherhost');
  if (!dev.loopback && (packet.src === LOOPBACK6 || packet.dst === LOOPBACK6))
    return drop(world, skb, dev, 'ip6.loopback');
  if (isMulticast6(packet.src)) return drop(world, skb, dev, 'ip.martian-source');
  const child = skb.routed ? undefined : l3sChild(dev, packet);
  if (child) skb.dev = child;
  route(world, child ?? dev, skb, packet);
};

const route = (world: World, dev: NetDev, skb: Skb, packet: Ipv6): void => {
  if (!dev.inet6) return drop(world, skb, dev, 'ip6.disabled');
  const way = routeInput6(dev, packet.dst);
  switch (way.to) {
    case 'local':
      return deliver(world, dev.loopback ? way.dev : dev, skb, packet);
    case 'multicast':
      if (dev.inet6.groups.has(packet.dst)) return deliver(world, dev, skb, packet);
      return drop(world, skb, dev, 'ip6.multicast');
    case 'forward':
      return forward(world, dev, skb, packet, way);
    case 'error':
      if (way.code !== undefined)
        sendError6(world, dev, skb, { icmp: 'unreachable', code: way.code, about: packet }, dev);
      return drop(world, skb, dev, way.reason);
  }
};

/** For this machine: raw sockets first, then ICMPv6 (net/ipv6/ip6_input.c:ip6_protocol_deliver_rcu). */
const deliver = (world: World, dev: NetDev, skb: Skb, piece: Ipv6): void => {
  const packet = reassemble6(dev.ns, piece);
  if (!packet) return drop(world, skb, dev, 'ip.fragment-kept');
  for (const socket of dev.ns.inet6.sockets) {
    if (socket.device && socket.device !== dev) continue;
    if (socket.source !== ANY6 && socket.source !== packet.dst) continue;
    socket.receive(packet, skb.as, world.clock.now(), dev);
  }
  receiveIcmp6(world, dev, skb, packet);
};

type Onward = Extract<InputRoute6, { readonly to: 'forward' }>;

/** net/ipv6/ip6_output.c:ip6_forward */
const forward = (world: World, dev: NetDev, skb: Skb, packet: Ipv6, way: Onward): void => {
  const { ns } = dev;
  if (!ns.inet6.forwarding) return drop(world, skb, dev, 'ip6.forwarding-off');
  if (skb.as !== 'host') return drop(world, skb, dev, 'ip.not-unicast');
  if (packet.hopLimit <= 1) {
    sendError6(world, dev, skb, { icmp: 'time-exceeded', code: 0, about: packet }, dev);
    return drop(world, skb, dev, 'ip6.hop-limit');
  }
  const nextHop = way.gateway || packet.dst;
  if (way.dev === dev) redirect(world, dev, packet, nextHop);
  else if (packet.src === ANY6) return drop(world, skb, dev, 'ip.martian-source');
  else if (isLinkLocal(packet.src)) {
    sendError6(world, dev, skb, { icmp: 'unreachable', code: BEYOND_SCOPE, about: packet }, dev);
    return drop(world, skb, dev, 'ip6.link-local');
  }
  const mtu = Math.max(way.dev.mtu, MINIMUM_MTU);
  if (packet.length > mtu) {
    sendError6(world, dev, skb, { icmp: 'packet-too-big', mtu, about: packet }, dev);
    return drop(world, skb, dev, 'ip.too-big');
  }
  const onward: Ipv6 = { ...packet, hopLimit: packet.hopLimit - 1 };
  const next = successorSkb(world, skb, way.dev, { src: way.dev.mac, dst: 0, vlan: 0, payload: onward });
  sendVia(world, way.dev, nextHop, next, onward.src);
};

/** The source is link-local, the destination is not: nobody beyond could answer (RFC 4443, 3.1). */
const BEYOND_SCOPE = 2;

/** At most one redirect a second for a destination, and one for a source (ip6_forward, ndisc_send_redirect). */
const BURST = 6 * SECOND;

const redirect = (world: World, dev: NetDev, packet: Ipv6, nextHop: bigint): void => {
  const affordable = (host: bigint): boolean => pay(world, peerOf6(world, dev.ns, host), BURST);
  if (affordable(packet.dst)) sendRedirect6(world, dev, packet, nextHop, () => affordable(packet.src));
};
