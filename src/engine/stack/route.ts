import type { Errno } from '../../model/refusal.ts';
import type { ReasonCode } from '../reason.ts';
import type { FibRoute, NetDev, Netns, Route, World } from '../world.ts';
import {
  fibLookup,
  isLocal4,
  isLoopback4,
  isMulticast4,
  isZeronet4,
  LIMITED_BROADCAST,
  onlink,
  SCOPE,
  selectAddress,
} from './fib.ts';

const none = (errno: Errno): Route => ({ type: 'none', errno });

/** A redirect may have taught a better gateway for this one destination (net/ipv4/route.c:find_exception). */
const redirected = (world: World, ns: Netns, destination: number, gateway: number): number => {
  const exception = ns.exceptions.get(destination);
  if (!exception) return gateway;
  if (exception.until <= world.clock.now()) {
    ns.exceptions.delete(destination);
    return gateway;
  }
  return exception.old === gateway ? exception.gateway : gateway;
};

const preferredSource = (ns: Netns, found: FibRoute, destination: number): number => {
  if (found.source !== 0) return found.source;
  if (found.type === 'local') return destination;
  return selectAddress(ns, found.dev!, found.gateway, found.scope);
};

/** Sends without a route: the destination is taken to be on the link (route.c:ip_route_output_key_hash_rcu). */
const assumeOnlink = (ns: Netns, dev: NetDev, type: 'unicast' | 'broadcast' | 'multicast'): Route => ({
  type,
  dev,
  gateway: 0,
  source: selectAddress(ns, dev, 0, SCOPE.link),
  fib: undefined,
});

const special = (ns: Netns, destination: number, out: NetDev): Route | undefined => {
  if (destination === LIMITED_BROADCAST) return assumeOnlink(ns, out, 'broadcast');
  if (destination >>> 8 === 0xe00000) return assumeOnlink(ns, out, 'multicast');
  return undefined;
};

export type RouteQuery = {
  readonly out?: NetDev | undefined;
  /** Must be one of our own addresses unless `anySource`. */
  readonly source?: number;
  readonly anySource?: boolean;
};

/** The way to a destination (net/ipv4/route.c:ip_route_output_key_hash_rcu). */
export const routeOutput = (world: World, ns: Netns, destination: number, query: RouteQuery = {}): Route => {
  const source = query.source ?? 0;
  if (source !== 0) {
    if (isMulticast4(source) || source === LIMITED_BROADCAST) return none('EINVAL');
    if (!query.anySource && !isLocal4(ns, source)) return none('ENETUNREACH');
  }
  const { out } = query;
  if (out) return routeOver(world, ns, destination, out);
  const known = ns.routes.get(destination);
  if (known && ns.exceptions.size === 0) return known;
  const route = lookUp(world, ns, destination, undefined);
  ns.routes.set(destination, route);
  return route;
};

const routeOver = (world: World, ns: Netns, destination: number, out: NetDev): Route => {
  if (!out.up) return none('ENETUNREACH');
  return special(ns, destination, out) ?? lookUp(world, ns, destination, out);
};

const lookUp = (world: World, ns: Netns, destination: number, out: NetDev | undefined): Route => {
  const target = destination === 0 ? 0x7f00_0001 : destination;
  const answer = fibLookup(ns, target, out);
  if (!answer.found)
    return out ? assumeOnlink(ns, out, isMulticast4(target) ? 'multicast' : 'unicast') : none(answer.errno);
  const { found } = answer;
  const source = preferredSource(ns, found, target);
  if (found.type === 'local')
    return ns.loopback ? { type: 'local', dev: ns.loopback, gateway: 0, source, fib: found } : none('ENETUNREACH');
  const type = wayType(target, found);
  const gateway = type === 'unicast' ? redirected(world, ns, target, found.gateway) : 0;
  return { type, dev: found.dev!, gateway, source, fib: found };
};

const wayType = (target: number, found: FibRoute): 'unicast' | 'broadcast' | 'multicast' => {
  if (target === LIMITED_BROADCAST || found.type === 'broadcast') return 'broadcast';
  return isMulticast4(target) || found.type === 'multicast' ? 'multicast' : 'unicast';
};

/** What is to be done with a packet that came in. */
export type InputRoute =
  | { readonly to: 'local'; readonly broadcast: boolean }
  | { readonly to: 'forward'; readonly dev: NetDev; readonly gateway: number; readonly redirect: boolean }
  /** ARP sees these as "no such address"; IPv4 reports them by ICMP where it forwards. */
  | { readonly to: 'error'; readonly errno: Errno; readonly reason: ReasonCode }
  | { readonly to: 'martian'; readonly reason: ReasonCode };

const LOCAL: InputRoute = { to: 'local', broadcast: false };
const BROADCAST: InputRoute = { to: 'local', broadcast: true };
/** 224.0.0.1, the one group that every device joins (net/ipv4/igmp.c:ip_mc_up). */
const ALL_HOSTS = 0xe000_0001;
const NOT_A_ROUTER: InputRoute = { to: 'error', errno: 'EHOSTUNREACH', reason: 'ip.forwarding-off' };
const martian = (reason: ReasonCode): InputRoute => ({ to: 'martian', reason });

const REASON_OF: Partial<Record<Errno, ReasonCode>> = {
  ENETUNREACH: 'ip.no-route',
  EHOSTUNREACH: 'ip.unreachable',
  EINVAL: 'ip.blackhole',
  EACCES: 'ip.prohibited',
};

/** Addresses that nothing from outside may have (net/ipv4/route.c:ip_route_input_slow); undefined where all is well. */
const implausible = (dev: NetDev, source: number, destination: number): InputRoute | undefined => {
  if (isZeronet4(source)) return martian('ip.martian-source');
  if (isZeronet4(destination)) return martian('ip.martian-destination');
  if (dev.conf.routeLocalnet) return undefined;
  if (isLoopback4(destination)) return martian('ip.martian-destination');
  return isLoopback4(source) ? martian('ip.martian-source') : undefined;
};

/** Where a packet goes that came in on `dev` (net/ipv4/route.c:ip_route_input_slow). */
export const routeInput = (
  world: World,
  dev: NetDev,
  source: number,
  destination: number,
  protocol: 'ipv4' | 'arp',
): InputRoute => {
  if (isMulticast4(source) || source === LIMITED_BROADCAST) return martian('ip.martian-source');
  if (isMulticast4(destination))
    return protocol === 'ipv4' && destination === ALL_HOSTS ? BROADCAST : martian('ip.multicast');
  if (destination === LIMITED_BROADCAST || (source === 0 && destination === 0))
    return broadcastInput(dev, source, protocol);
  return implausible(dev, source, destination) ?? routePlausible(world, dev, source, destination, protocol);
};

const routePlausible = (
  world: World,
  dev: NetDev,
  source: number,
  destination: number,
  protocol: 'ipv4' | 'arp',
): InputRoute => {
  const answer = fibLookup(dev.ns, destination);
  if (!answer.found)
    return dev.conf.forwarding
      ? { to: 'error', errno: answer.errno, reason: REASON_OF[answer.errno] ?? 'ip.no-route' }
      : NOT_A_ROUTER;
  const { found } = answer;
  if (found.type === 'broadcast') return broadcastInput(dev, source, protocol);
  if (found.type === 'local') {
    const valid = validateSource(dev, source, undefined);
    return typeof valid === 'boolean' ? LOCAL : martian(valid.refused);
  }
  if (!dev.conf.forwarding) return NOT_A_ROUTER;
  if (found.type !== 'unicast') return martian('ip.martian-destination');
  return forwardInput(world, dev, source, destination, found, protocol);
};

const broadcastInput = (dev: NetDev, source: number, protocol: 'ipv4' | 'arp'): InputRoute => {
  if (protocol === 'arp') return martian('ip.martian-destination');
  if (isZeronet4(source)) return BROADCAST;
  const valid = validateSource(dev, source, undefined);
  return typeof valid === 'boolean' ? BROADCAST : martian(valid.refused);
};

/** net/ipv4/route.c:__mkroute_input */
const forwardInput = (
  world: World,
  dev: NetDev,
  source: number,
  destination: number,
  found: FibRoute,
  protocol: 'ipv4' | 'arp',
): InputRoute => {
  const out = found.dev!;
  const direct = validateSource(dev, source, out);
  if (typeof direct !== 'boolean') return martian(direct.refused);
  if (protocol === 'arp' && out === dev && !dev.conf.proxyArpPvlan) return martian('arp.not-ours');
  const gateway = redirected(world, dev.ns, destination, found.gateway);
  const redirect =
    out === dev && direct && out.conf.sendRedirects && (out.conf.sharedMedia || onlink(out, source, found.gateway));
  return { to: 'forward', dev: out, gateway, redirect };
};

type Validity = boolean | { readonly refused: ReasonCode };

/**
 * Whether a source address may come in by this device; true when it is directly connected there
 * (net/ipv4/fib_frontend.c:fib_validate_source). `out` is the device that a forwarded packet would leave by.
 */
const validateSource = (dev: NetDev, source: number, out: NetDev | undefined): Validity => {
  const { rpFilter, acceptLocal } = dev.conf;
  if (rpFilter === 0 && !(out === dev && dev.conf.sendRedirects))
    return !acceptLocal && dev.ns.local4.has(source) ? { refused: 'ip.martian-source' } : false;
  const answer = fibLookup(dev.ns, source);
  if (!answer.found) return rpFilter > 0 ? { refused: 'ip.rp-filter' } : false;
  const { found } = answer;
  if (found.type !== 'unicast' && !(found.type === 'local' && acceptLocal)) return { refused: 'ip.martian-source' };
  if (found.dev === dev) return found.gateway === 0;
  if (dev.addresses4.length === 0) return rpFilter > 0 ? { refused: 'ip.rp-filter' } : false;
  if (rpFilter === 1) return { refused: 'ip.rp-filter' };
  const over = fibLookup(dev.ns, source, dev);
  return over.found?.type === 'unicast' && over.found.gateway === 0;
};
