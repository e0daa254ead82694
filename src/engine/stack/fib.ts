import { ipv4Number, netmask4 } from '../../model/ip.ts';
import type { Route as ModelRoute, RouteScope, RouteTable, RouteType } from '../../model/network.ts';
import type { Fib, FibLevel, FibRoute, FibTable, Lookup, NetDev, Netns } from '../world.ts';

/** Scopes by the kernel's numbers: the larger, the nearer (include/uapi/linux/rtnetlink.h). */
export const SCOPE = { global: 0, site: 200, link: 253, host: 254, nowhere: 255 } as const;
export const scopeNumber = (scope: RouteScope): number => (typeof scope === 'number' ? scope : SCOPE[scope]);

const ORDER: readonly RouteTable[] = ['local', 'main', 'default'];

type Surroundings = {
  readonly deviceOf: (id: number) => NetDev | undefined;
  readonly isLocal: (ip: number) => boolean;
};

export const compileFib = (routes: readonly ModelRoute[], around: Surroundings): Fib =>
  ORDER.map((name) => compileTable(name, routes, around)).filter((table) => table.levels.length > 0);

const compileTable = (
  name: RouteTable,
  routes: readonly ModelRoute[],
  { deviceOf, isLocal }: Surroundings,
): FibTable => {
  const levels = new Map<number, FibLevel>();
  for (const model of routes) {
    if (model.table !== name || model.family !== 4) continue;
    const level = levels.get(model.length) ?? { mask: netmask4(model.length), routes: new Map() };
    levels.set(model.length, level);
    const network = ipv4Number(model.destination);
    const via = model.via === undefined ? 0 : ipv4Number(model.via);
    const bucket = level.routes.get(network) ?? [];
    level.routes.set(network, bucket);
    insert(bucket, {
      type: model.type,
      dev: model.device === undefined ? undefined : deviceOf(model.device),
      // A gateway that is ourselves is none (net/ipv4/fib_semantics.c:fib_check_nh_v4_gw, route.c:rt_set_nexthop).
      gateway: isLocal(via) ? 0 : via,
      source: model.source === undefined ? 0 : ipv4Number(model.source),
      scope: scopeNumber(model.scope),
      model,
    });
  }
  return { name, levels: [...levels.values()].sort((a, b) => b.mask - a.mask) };
};

/** Routes to one prefix: by type of service, then by metric, then as they were added (fib_trie.c:fib_insert_alias). */
const insert = (bucket: FibRoute[], route: FibRoute): void => {
  const rank = (each: FibRoute): number => each.model.metric - (each.model.tos ?? 0) * 2 ** 33;
  const at = bucket.findIndex((other) => rank(other) > rank(route));
  bucket.splice(at < 0 ? bucket.length : at, 0, route);
};

const ERRNO = { unreachable: 'EHOSTUNREACH', blackhole: 'EINVAL', prohibit: 'EACCES' } as const;

/** A route that is there may be used, even the local one of an address whose device never came up: going down removes routes. */
const usable = (route: FibRoute, out: NetDev | undefined): boolean => {
  const { dev } = route;
  if (!dev || dev.gone) return false;
  if (!dev.carrier && dev.conf.ignoreLinkdown) return false;
  return out === undefined || dev === out;
};

const NO_ROUTE: Lookup = { found: undefined, errno: 'ENETUNREACH' };
/** A namespace that talks to more hosts than this looks their routes up anew. */
const REMEMBERED = 8192;

/** Longest prefix first, table by table (net/ipv4/fib_trie.c:fib_table_lookup). With `out`, only routes over that device count. */
export const fibLookup = (ns: Netns, destination: number, out?: NetDev): Lookup => {
  if (out) return searchTables(ns, destination, out);
  const known = ns.lookups.get(destination);
  if (known) return known;
  const answer = searchTables(ns, destination, undefined);
  if (ns.lookups.size >= REMEMBERED) ns.lookups.clear();
  ns.lookups.set(destination, answer);
  return answer;
};

const searchTables = (ns: Netns, destination: number, out: NetDev | undefined): Lookup => {
  for (const table of ns.fib) {
    const answer = lookupTable(table, destination, out);
    if (answer) return answer;
  }
  return NO_ROUTE;
};

const lookupTable = (table: FibTable, destination: number, out: NetDev | undefined): Lookup | undefined => {
  for (const level of table.levels) {
    const bucket = level.routes.get((destination & level.mask) >>> 0);
    if (!bucket) continue;
    for (const route of bucket) {
      switch (route.type) {
        case 'unreachable':
        case 'blackhole':
        case 'prohibit':
          return { found: undefined, errno: ERRNO[route.type] };
        case 'throw':
          return undefined;
        case 'unicast':
        case 'local':
        case 'broadcast':
        case 'multicast':
          if (usable(route, out)) return { found: route, table: table.name, length: route.model.length };
      }
    }
  }
  return undefined;
};

export const isMulticast4 = (ip: number): boolean => ip >>> 28 === 14;
export const isLoopback4 = (ip: number): boolean => ip >>> 24 === 127;
export const isZeronet4 = (ip: number): boolean => ip >>> 24 === 0;
export const LIMITED_BROADCAST = 0xffff_ffff;

/** What kind of address this is to a namespace (net/ipv4/fib_frontend.c:inet_addr_type). */
export const addressType = (ns: Netns, ip: number): RouteType => {
  if (isZeronet4(ip) || ip === LIMITED_BROADCAST) return 'broadcast';
  if (isMulticast4(ip)) return 'multicast';
  const local = ns.fib[0];
  if (local?.name !== 'local') return 'unicast';
  const answer = lookupTable(local, ip, undefined);
  return answer?.found?.type ?? 'unicast';
};

/** Whether an address is one of ours, all of 127.0.0.0/8 among them (net/ipv4/devinet.c:__ip_dev_find). */
export const isLocal4 = (ns: Netns, ip: number): boolean => ns.local4.has(ip) || addressType(ns, ip) === 'local';

/** A source address for a device and a destination (net/ipv4/devinet.c:inet_select_addr); 0 when there is none. */
export const selectAddress = (ns: Netns, dev: NetDev, destination: number, scope: number): number => {
  let first = 0;
  const nearest = dev.conf.routeLocalnet ? SCOPE.link : SCOPE.host;
  for (const address of dev.addresses4) {
    if (address.secondary || Math.min(address.scope, nearest) > scope) continue;
    if (destination === 0 || ((destination ^ address.peer) & address.mask) === 0) return address.local;
    if (first === 0) first = address.local;
  }
  if (first !== 0) return first;
  for (const other of ns.devices) {
    if (other === dev) continue;
    for (const address of other.addresses4)
      if (!address.secondary && address.scope !== SCOPE.link && address.scope <= scope) return address.local;
  }
  return 0;
};

/** Whether two addresses lie in one subnet of a device (devinet.c:inet_addr_onlink). */
export const onlink = (dev: NetDev, a: number, b: number): boolean =>
  dev.addresses4.some(
    (each) =>
      !each.secondary && ((a ^ each.peer) & each.mask) === 0 && (b === 0 || ((b ^ each.peer) & each.mask) === 0),
  );
