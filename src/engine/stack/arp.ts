import { MILLISECOND } from '../event.ts';
import { ARP_LENGTH, type Arp, BROADCAST, type MacAddr } from '../frame.ts';
import { transmit } from '../netdev.ts';
import type { ReasonCode } from '../reason.ts';
import { delivered, drop, newSkb } from '../skb.ts';
import type { Neighbour, NetDev, Skb, World } from '../world.ts';
import { addressType, isLoopback4, isMulticast4, onlink, SCOPE, selectAddress } from './fib.ts';
import { createNeighbour, unlocked, updateNeighbour } from './neighbour.ts';
import { type InputRoute, routeInput, routeOutput } from './route.ts';

/** A proxy answers a broadcast after a random time below this (neigh/DEVICE/proxy_delay). */
const PROXY_DELAY = 800 * MILLISECOND;

/** The multicast MAC of an IPv4 group (RFC 1112). */
const groupMac = (ip: number): MacAddr => 0x0100_5e00_0000 + (ip & 0x7f_ffff);

/** Who need not be asked for (net/ipv4/arp.c:arp_constructor). */
export const constructArp = (dev: NetDev, ip: number): MacAddr | undefined => {
  const type = addressType(dev.ns, ip);
  if (type === 'multicast') return groupMac(ip);
  if (dev.noarp || dev.loopback) return dev.mac;
  return type === 'broadcast' ? BROADCAST : undefined;
};

/** Which of our addresses asks (net/ipv4/arp.c:arp_solicit): that of the waiting packet, as far as arp_announce allows. */
const announce = (neighbour: Neighbour, target: number): number => {
  const { dev } = neighbour;
  const waiting = neighbour.queue.at(-1)?.source ?? 0;
  const ours = typeof waiting === 'number' && waiting !== 0 && dev.ns.local4.has(waiting);
  if (ours && dev.conf.arpAnnounce === 0) return waiting;
  if (ours && dev.conf.arpAnnounce === 1 && onlink(dev, target, waiting)) return waiting;
  return selectAddress(dev.ns, dev, target, SCOPE.link);
};

/** Asks who has an address. */
export const solicitArp = (world: World, neighbour: Neighbour, to: MacAddr): void => {
  if (typeof neighbour.ip !== 'number') return;
  const { dev, ip } = neighbour;
  const payload: Arp = {
    proto: 'arp',
    op: 'request',
    senderMac: dev.mac,
    sender: announce(neighbour, ip),
    targetMac: 0,
    target: ip,
    length: ARP_LENGTH,
  };
  transmit(world, dev, newSkb(world, dev, { src: dev.mac, dst: to, vlan: 0, payload }));
};

const reply = (world: World, dev: NetDev, request: Arp): void => {
  const payload: Arp = {
    proto: 'arp',
    op: 'reply',
    senderMac: dev.mac,
    sender: request.target,
    targetMac: request.senderMac,
    target: request.sender,
    length: ARP_LENGTH,
  };
  transmit(world, dev, newSkb(world, dev, { src: dev.mac, dst: request.senderMac, vlan: 0, payload }));
};

/** Whether settings keep us from answering for an address of ours (net/ipv4/arp.c:arp_ignore). */
const ignored = (dev: NetDev, sender: number, target: number): boolean => {
  const here = dev.addresses4.find((address) => address.local === target);
  switch (dev.conf.arpIgnore) {
    case 1:
      return here === undefined;
    case 2:
      return here === undefined || ((sender ^ here.peer) & here.mask) !== 0;
    case 3:
      return (
        dev.ns.local4.get(target)?.addresses4.some((each) => each.local === target && each.scope >= SCOPE.host) ?? true
      );
    case 8:
      return true;
    default:
      return false;
  }
};

/** arp_filter: answer only where our own packets to the asker would leave (net/ipv4/arp.c:arp_filter). */
const filtered = (world: World, dev: NetDev, sender: number, target: number): boolean => {
  if (!dev.conf.arpFilter) return false;
  const way = routeOutput(world, dev.ns, sender, { source: target });
  return way.type === 'none' || way.dev !== dev;
};

/** The asker made itself known by asking (net/core/neighbour.c:neigh_event_ns). */
const learnAsker = (world: World, dev: NetDev, arp: Arp): void => {
  const neighbour = dev.neighbours.get(arp.sender) ?? createNeighbour(world, dev, arp.sender);
  updateNeighbour(world, neighbour, { mac: arp.senderMac, state: 'stale', override: true });
};

/** An ARP packet came in (net/ipv4/arp.c:arp_rcv, arp_process). */
export const receiveArp = (world: World, dev: NetDev, skb: Skb): void => {
  const arp = skb.frame.payload as Arp;
  if (dev.noarp || dev.loopback) return drop(world, skb, dev, 'arp.noarp');
  if (skb.as === 'otherhost' || skb.as === 'loopback') return drop(world, skb, dev, 'frame.otherhost');
  if (isMulticast4(arp.target) || (isLoopback4(arp.target) && !dev.conf.routeLocalnet))
    return drop(world, skb, dev, 'arp.not-ours');
  if (arp.sender === 0) return answerProbe(world, dev, skb, arp);
  const way = arp.op === 'request' ? routeInput(world, dev, arp.sender, arp.target, 'arp') : undefined;
  if (way?.to === 'local') return answer(world, dev, skb, arp);
  if (way?.to === 'forward' && proxies(dev, arp, way)) return answerAsProxy(world, dev, skb, arp);
  learn(world, dev, skb, arp, unansweredReason(arp, way));
};

/** Somebody asks whether an address is free before taking it (RFC 5227): its sender address is zero. */
const answerProbe = (world: World, dev: NetDev, skb: Skb, arp: Arp): void => {
  if (arp.op !== 'request' || !dev.ns.local4.has(arp.target)) return drop(world, skb, dev, 'arp.not-ours');
  if (ignored(dev, 0, arp.target)) return drop(world, skb, dev, 'arp.ignored');
  delivered(world, skb, 'arp');
  reply(world, dev, arp);
};

const answer = (world: World, dev: NetDev, skb: Skb, arp: Arp): void => {
  if (ignored(dev, arp.sender, arp.target) || filtered(world, dev, arp.sender, arp.target))
    return drop(world, skb, dev, 'arp.ignored');
  learnAsker(world, dev, arp);
  delivered(world, skb, 'arp');
  reply(world, dev, arp);
};

/** Whether a router answers in place of another (arp.c:arp_fwd_proxy, arp_fwd_pvlan; `ip neigh add proxy`). */
const proxies = (dev: NetDev, arp: Arp, way: Extract<InputRoute, { to: 'forward' }>): boolean => {
  if (way.dev === dev) return dev.conf.proxyArpPvlan && arp.sender !== arp.target;
  return dev.conf.proxyArp || (dev.ns.proxies.get(arp.target)?.includes(dev) ?? false);
};

const answerAsProxy = (world: World, dev: NetDev, skb: Skb, arp: Arp): void => {
  learnAsker(world, dev, arp);
  delivered(world, skb, 'arp');
  if (skb.as === 'host') reply(world, dev, arp);
  else world.clock.after(Math.floor(PROXY_DELAY * world.random()), () => reply(world, dev, arp));
};

/** Why a request gets no answer; a reply that nobody waits for has a reason of its own. */
const unansweredReason = (arp: Arp, way: InputRoute | undefined): ReasonCode => {
  if (arp.op === 'reply') return 'arp.unsolicited';
  if (way?.to !== 'martian') return 'arp.not-ours';
  if (way.reason === 'ip.martian-source') return 'arp.own-sender';
  return way.reason === 'ip.rp-filter' ? 'arp.source-refused' : 'arp.not-ours';
};

/** Whatever is not answered may still update an entry that is there; none is made for it (arp_accept 0). */
const learn = (world: World, dev: NetDev, skb: Skb, arp: Arp, reason: ReasonCode): void => {
  const neighbour = dev.neighbours.get(arp.sender);
  const gratuitous = arp.sender === arp.target && (arp.op === 'request' || arp.targetMac === arp.senderMac);
  if (!neighbour && !(dev.conf.arpAccept === 1 && gratuitous)) return drop(world, skb, dev, reason);
  const known = neighbour ?? createNeighbour(world, dev, arp.sender);
  const state = arp.op === 'reply' && skb.as === 'host' ? 'reachable' : 'stale';
  delivered(world, skb, 'arp');
  updateNeighbour(world, known, { mac: arp.senderMac, state, override: gratuitous || unlocked(world, known) });
};
