import type { Errno } from '../../../model/refusal.ts';
import type { ReasonCode } from '../../reason.ts';
import type { FibRoute6, NetDev, Netns, Route6 } from '../../world.ts';
import { isMulticast6, needsDevice } from './address.ts';
import { fibLookup6 } from './fib.ts';
import { sourceAddress6 } from './source.ts';

export type Query6 = {
  readonly out?: NetDev | undefined;
  /** 0 or none: to be chosen. */
  readonly source?: bigint;
  /** The sender is bound to `out`; else a given source leaves other devices open (route.c:ip6_route_output_flags). */
  readonly bound?: boolean;
};

/** The way to a destination (net/ipv6/route.c:ip6_route_output_flags_noref, ip6_output.c:ip6_dst_lookup_tail). */
export const routeOutput6 = (ns: Netns, destination: bigint, { out, source = 0n, bound }: Query6 = {}): Route6 => {
  const strict = bound === true || needsDevice(destination) || source === 0n;
  const answer = fibLookup6(ns, destination, { near: out, strict });
  if (!answer.found) return { type: 'none', errno: answer.errno };
  const { found } = answer;
  const own = source || found.source || sourceAddress6(ns, found.dev, destination);
  if (found.type === 'local')
    return ns.loopback
      ? { type: 'local', dev: ns.loopback, gateway: 0n, source: own, fib: found }
      : { type: 'none', errno: 'ENETUNREACH' };
  return {
    type: isMulticast6(destination) ? 'multicast' : 'unicast',
    dev: found.dev!,
    gateway: gatewayOf(ns, found, destination),
    source: own,
    fib: found,
  };
};

/** The route's gateway, or the nearer one that a redirect taught for this destination (route.c:rt6_find_cached_rt). */
export const gatewayOf = (ns: Netns, route: FibRoute6, destination: bigint): bigint => {
  if (ns.inet6.exceptions.size === 0) return route.gateway;
  const exception = ns.inet6.exceptions.get(destination);
  if (exception?.route !== route.model) return route.gateway;
  return exception.gateway === destination ? 0n : exception.gateway;
};

/** What is to be done with a packet that came in. An error without a code is silent. */
export type InputRoute6 =
  | { readonly to: 'local'; readonly dev: NetDev }
  | { readonly to: 'multicast' }
  | { readonly to: 'forward'; readonly dev: NetDev; readonly gateway: bigint; readonly fib: FibRoute6 }
  | { readonly to: 'error'; readonly code: number | undefined; readonly reason: ReasonCode };

const NO_ROUTE = 0;
const PROHIBITED = 1;

/** What each refusal answers (net/ipv6/route.c:ip6_rt_init_dst_reject, ip6_pkt_discard, ip6_pkt_prohibit). */
const refusal = (errno: Errno): InputRoute6 => {
  switch (errno) {
    case 'EHOSTUNREACH':
      return { to: 'error', code: NO_ROUTE, reason: 'ip.unreachable' };
    case 'EACCES':
      return { to: 'error', code: PROHIBITED, reason: 'ip.prohibited' };
    case 'EINVAL':
      return { to: 'error', code: undefined, reason: 'ip.blackhole' };
    default:
      return { to: 'error', code: NO_ROUTE, reason: 'ip6.no-route' };
  }
};

/** Where a packet goes that came in on `dev` (net/ipv6/route.c:ip6_route_input). Nobody looks at its source. */
export const routeInput6 = (dev: NetDev, destination: bigint): InputRoute6 => {
  const { ns } = dev;
  if (isMulticast6(destination)) return { to: 'multicast' };
  // What comes by `lo` was sent to one of our own addresses, on whatever device that is.
  const near = dev.loopback ? undefined : dev;
  const answer = fibLookup6(ns, destination, { near, strict: needsDevice(destination) });
  if (!answer.found) return refusal(answer.errno);
  const { found } = answer;
  if (found.type === 'local') return { to: 'local', dev: found.dev! };
  return { to: 'forward', dev: found.dev!, gateway: gatewayOf(ns, found, destination), fib: found };
};
