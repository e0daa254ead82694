import type { Errno } from '../../model/refusal.ts';
import { l3sChild } from '../devices/ipvlan.ts';
import { SECOND } from '../event.ts';
import type { Ipv4 } from '../frame.ts';
import { drop, successorSkb } from '../skb.ts';
import type { NetDev, Skb, World } from '../world.ts';
import { reassemble } from './fragment.ts';
import { pay, peerOf, receiveIcmp, sendError } from './icmp.ts';
import { fragmentAndSend } from './output.ts';
import { redirectDue } from './redirect.ts';
import { type InputRoute, routeInput } from './route.ts';

/** An IPv4 packet came in (net/ipv4/ip_input.c:ip_rcv). */
export const receiveIpv4 = (world: World, dev: NetDev, skb: Skb): void => {
  const packet = skb.frame.payload as Ipv4;
  if (skb.as === 'otherhost') return drop(world, skb, dev, 'frame.otherhost');
  if (skb.routed) return deliver(world, dev, skb, packet, skb.as === 'loopback');
  const child = l3sChild(dev, packet);
  if (child) return receiveForChild(world, child, skb, packet);
  route(world, dev, skb, packet);
};

/** ipvlan l3s: routed and delivered in the child's namespace, though it came in by the host's stack. */
const receiveForChild = (world: World, child: NetDev, skb: Skb, packet: Ipv4): void => {
  skb.dev = child;
  route(world, child, skb, packet);
};

const route = (world: World, dev: NetDev, skb: Skb, packet: Ipv4): void => {
  const way = routeInput(world, dev, packet.src, packet.dst, 'ipv4');
  switch (way.to) {
    case 'local':
      return deliver(world, dev, skb, packet, way.broadcast);
    case 'forward':
      return forward(world, dev, skb, packet, way);
    case 'martian':
      return drop(world, skb, dev, way.reason);
    case 'error':
      return reportError(world, dev, skb, packet, way);
  }
};

/** For this machine: raw sockets first, then ICMP (net/ipv4/ip_input.c:ip_local_deliver, raw.c:raw_local_deliver). */
const deliver = (world: World, dev: NetDev, skb: Skb, piece: Ipv4, broadcast: boolean): void => {
  const packet = reassemble(dev.ns, piece);
  if (!packet) return drop(world, skb, dev, 'ip.fragment-kept');
  for (const socket of dev.ns.sockets) {
    if (socket.device && socket.device !== dev) continue;
    if (socket.source !== 0 && socket.source !== packet.dst) continue;
    socket.receive(packet, skb.as, world.clock.now());
  }
  receiveIcmp(world, dev, skb, packet, broadcast);
};

const CODE: Partial<Record<Errno, number>> = { ENETUNREACH: 0, EHOSTUNREACH: 1, EACCES: 13 };

/** Errors about routes pay here too, before the price of every ICMP error (net/ipv4/route.c: ip_rt_error_burst). */
const ERROR_BURST = 5 * SECOND;

/** No way on: a router says so, others keep quiet (net/ipv4/route.c:ip_error). */
const reportError = (
  world: World,
  dev: NetDev,
  skb: Skb,
  packet: Ipv4,
  way: Extract<InputRoute, { to: 'error' }>,
): void => {
  const code = CODE[way.errno];
  if (dev.conf.forwarding && code !== undefined && pay(world, peerOf(world, dev.ns, packet.src), ERROR_BURST))
    sendError(world, dev, skb, { icmp: 'unreachable', code, about: packet });
  drop(world, skb, dev, way.reason);
};

/** net/ipv4/ip_forward.c:ip_forward */
const forward = (
  world: World,
  dev: NetDev,
  skb: Skb,
  packet: Ipv4,
  way: Extract<InputRoute, { to: 'forward' }>,
): void => {
  if (skb.as !== 'host') return drop(world, skb, dev, 'ip.not-unicast');
  if (packet.ttl <= 1) {
    sendError(world, dev, skb, { icmp: 'time-exceeded', code: 0, about: packet });
    return drop(world, skb, dev, 'ip.ttl');
  }
  const { mtu } = way.dev;
  if (packet.length > mtu && packet.dontFragment) {
    sendError(world, dev, skb, { icmp: 'unreachable', code: 4, mtu, about: packet });
    return drop(world, skb, dev, 'ip.too-big');
  }
  const nextHop = way.gateway || packet.dst;
  if (way.redirect && way.dev.conf.sendRedirects && redirectDue(world, peerOf(world, dev.ns, packet.src)))
    sendError(world, dev, skb, { icmp: 'redirect', code: 1, gateway: nextHop, about: packet });
  const onward: Ipv4 = { ...packet, ttl: packet.ttl - 1 };
  const next = successorSkb(world, skb, way.dev, { src: way.dev.mac, dst: 0, vlan: 0, payload: onward });
  fragmentAndSend(world, way.dev, nextHop, next, onward);
};
