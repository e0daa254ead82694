import { ipv6Number } from '../../../model/ip.ts';
import type { Route as ModelRoute, RouteTable } from '../../../model/network.ts';
import type { Errno } from '../../../model/refusal.ts';
import type { FibLevel6, FibRoute6, FibTable6, NetDev, Netns } from '../../world.ts';
import { addressOn } from './source.ts';

/** The order of the two default rules (net/ipv6/fib6_rules.c:fib6_rules_net_init). */
const ORDER: readonly RouteTable[] = ['local', 'main'];

export const compileFib6 = (
  routes: readonly ModelRoute[],
  deviceOf: (id: number) => NetDev | undefined,
): readonly FibTable6[] =>
  ORDER.map((name) => compileTable(name, routes, deviceOf)).filter((table) => table.levels.length > 0);

const compileTable = (
  name: RouteTable,
  routes: readonly ModelRoute[],
  deviceOf: (id: number) => NetDev | undefined,
): FibTable6 => {
  const levels = new Map<number, FibLevel6>();
  for (const model of routes) {
    if (model.table !== name || model.family !== 6) continue;
    const level = levels.get(model.length) ?? { shift: BigInt(128 - model.length), routes: new Map() };
    levels.set(model.length, level);
    const network = ipv6Number(model.destination) >> level.shift;
    const bucket = level.routes.get(network) ?? [];
    level.routes.set(network, bucket);
    bucket.push({
      type: model.type,
      dev: model.device === undefined ? undefined : deviceOf(model.device),
      gateway: model.via === undefined ? 0n : ipv6Number(model.via),
      source: model.source === undefined ? 0n : ipv6Number(model.source),
      model,
    });
  }
  for (const { routes: buckets } of levels.values())
    for (const bucket of buckets.values()) bucket.sort((a, b) => a.model.metric - b.model.metric);
  return { name, levels: [...levels.values()].sort((a, b) => Number(a.shift - b.shift)) };
};

const ERRNO = { unreachable: 'EHOSTUNREACH', blackhole: 'EINVAL', prohibit: 'EACCES' } as const;

export type Lookup6 =
  | { readonly found: FibRoute6; readonly table: RouteTable }
  | { readonly found: undefined; readonly errno: Errno };

/** `near` is the device asked for: with `strict` no other will do, else it is preferred among equals. */
type Wish = { readonly near: NetDev | undefined; readonly strict: boolean };

const usable = ({ type, dev }: FibRoute6, destination: bigint, { near, strict }: Wish): boolean => {
  if (strict && near && dev !== near) return false;
  if (type === 'unreachable' || type === 'blackhole' || type === 'prohibit' || type === 'throw') return true;
  if (!dev?.up || !dev.inet6) return false;
  // The route to an address of our own comes with the end of duplicate address detection (addrconf.c:addrconf_dad_completed).
  return type !== 'local' || (addressOn(dev, destination)?.state ?? 'ready') === 'ready';
};

/** The best of the routes to one prefix: the smallest metric, then the device asked for (route.c:find_rr_leaf). */
const select = (bucket: readonly FibRoute6[], destination: bigint, wish: Wish): FibRoute6 | undefined => {
  let best: FibRoute6 | undefined;
  for (const route of bucket) {
    if (best && route.model.metric > best.model.metric) break;
    if (!usable(route, destination, wish)) continue;
    if (!best || (best.dev !== wish.near && route.dev === wish.near)) best = route;
  }
  return best;
};

const selectIn = (table: FibTable6, destination: bigint, wish: Wish): FibRoute6 | undefined => {
  for (const { shift, routes } of table.levels) {
    const bucket = routes.get(destination >> shift);
    const route = bucket && select(bucket, destination, wish);
    if (route) return route;
  }
  return undefined;
};

/** Longest prefix first, table by table (net/ipv6/route.c:fib6_table_lookup). */
export const fibLookup6 = (ns: Netns, destination: bigint, wish: Wish): Lookup6 => {
  for (const table of ns.inet6.fib) {
    const route = selectIn(table, destination, wish);
    if (!route || route.type === 'throw') continue;
    const { type } = route;
    if (type === 'unreachable' || type === 'blackhole' || type === 'prohibit')
      return { found: undefined, errno: ERRNO[type] };
    return { found: route, table: table.name };
  }
  return { found: undefined, errno: 'ENETUNREACH' };
};
