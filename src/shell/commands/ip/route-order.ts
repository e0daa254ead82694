import { ipv4Number, ipv6Number } from '../../../model/ip.ts';
import type { Route } from '../../../model/network.ts';
import { tableNumber } from '../../../model/scope.ts';

/** Tables hang in 256 buckets by the low byte of their number, and a dump goes through these. */
const bucket = (route: Route): number => tableNumber(route.table) % 256;

const bits = ({ family, destination }: Route): bigint =>
  family === 4 ? BigInt(ipv4Number(destination)) : ipv6Number(destination);

const sign = (difference: number | bigint): number => (difference < 0 ? -1 : difference > 0 ? 1 : 0);

/**
 * IPv4 is a trie of addresses, each with its routes: long prefixes before short ones (net/ipv4/fib_trie.c:fib_table_dump).
 * IPv6 is a tree of prefixes, walked from the leaves to the root, so that the default route comes last
 * (net/ipv6/ip6_fib.c:fib6_walk_continue).
 */
const byPrefix = (a: Route, b: Route): number => {
  if (a.family === 4) return sign(bits(a) - bits(b)) || b.length - a.length;
  const shorter = BigInt(128 - Math.min(a.length, b.length));
  return sign((bits(a) >> shorter) - (bits(b) >> shorter)) || b.length - a.length;
};

const compare = (a: Route, b: Route): number =>
  a.family - b.family || bucket(a) - bucket(b) || byPrefix(a, b) || (b.tos ?? 0) - (a.tos ?? 0) || a.metric - b.metric;

/** Routes in the order in which the kernel lists them; equals as they were added. */
export const dumpOrder = (routes: readonly Route[]): readonly Route[] => [...routes].sort(compare);
