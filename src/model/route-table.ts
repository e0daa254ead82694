import type { DeviceId } from './device.ts';
import { type Cidr, contains, familyOf, type Ip, isMulticastIp, networkOf } from './ip.ts';
import type { Route, RouteTable } from './network.ts';
import { scopeNumber } from './scope.ts';

export const destinationOf = (route: Route): Cidr => ({ address: route.destination, length: route.length });

/** Routes that stand for the same key: the first of them is the one in use. */
export const sameKey = (a: Route, b: Route): boolean =>
  a.family === b.family &&
  a.table === b.table &&
  a.destination === b.destination &&
  a.length === b.length &&
  a.metric === b.metric &&
  (a.tos ?? 0) === (b.tos ?? 0);

/** The same key and the same way out (net/ipv4/fib_semantics.c:fib_find_info, net/ipv6/ip6_fib.c:rt6_duplicate_nexthop). */
export const sameRoute = (a: Route, b: Route): boolean =>
  sameKey(a, b) && a.device === b.device && a.via === b.via && (a.family === 6 || sameInfo(a, b));

const sameInfo = (a: Route, b: Route): boolean =>
  a.type === b.type &&
  a.source === b.source &&
  a.scope === b.scope &&
  a.protocol === b.protocol &&
  (a.onlink ?? false) === (b.onlink ?? false);

export type LookUp = {
  readonly to: Ip;
  readonly tables: readonly RouteTable[];
  /** Only routes at least this near (RT_SCOPE_*), as a gateway must be. */
  readonly nearest?: number;
  readonly device?: DeviceId | undefined;
};
export type RouteFound = { readonly found: true; readonly route: Route } | { readonly found: false };

const beats = (a: Route, b: Route): boolean => (a.length === b.length ? a.metric < b.metric : a.length > b.length);

/** The route in use: table by table the longest prefix, then the smallest metric, then the first that was added. */
export const findRoute = (routes: readonly Route[], { to, tables, nearest = 0, device }: LookUp): RouteFound => {
  const family = familyOf(to);
  for (const table of tables) {
    let best: Route | undefined;
    for (const route of routes) {
      if (route.table !== table || route.family !== family || scopeNumber(route.scope) < nearest) continue;
      if (device !== undefined && route.device !== device) continue;
      if ((!best || beats(route, best)) && contains(destinationOf(route), to)) best = route;
    }
    if (best && best.type !== 'throw') return { found: true, route: best };
  }
  return { found: false };
};

export const ALL_TABLES: readonly RouteTable[] = ['local', 'main', 'default'];

export type AddressType = 'unicast' | 'local' | 'broadcast' | 'multicast';

/** What an IPv4 address is to a namespace (net/ipv4/fib_frontend.c:inet_addr_type). */
export const addressType4 = (routes: readonly Route[], ip: Ip, device?: DeviceId): AddressType => {
  if (ip === '255.255.255.255' || ip.startsWith('0.')) return 'broadcast';
  if (isMulticastIp(ip)) return 'multicast';
  const answer = findRoute(routes, { to: ip, tables: ['local'] });
  if (!answer.found || (device !== undefined && answer.route.device !== device)) return 'unicast';
  return answer.route.type === 'local' || answer.route.type === 'broadcast' ? answer.route.type : 'unicast';
};

/** Whether the bits behind the prefix are clear (net/ipv4/fib_trie.c:fib_valid_key_len). */
export const isPrefix = (cidr: Cidr): boolean => networkOf(cidr) === cidr.address;

/** Adds behind those of the same key; a route that is there already stays as it is. */
export const appended = (routes: readonly Route[], route: Route): readonly Route[] =>
  routes.some((one) => sameRoute(one, route)) ? routes : [...routes, route];

export const without = (routes: readonly Route[], route: Route): readonly Route[] =>
  routes.filter((one) => !sameRoute(one, route));
