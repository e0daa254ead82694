import type { Address6, NetDev, Netns } from '../../world.ts';
import { commonBits, isMulticast6, LINK_SCOPE, scopeOf6 } from './address.ts';

/** The default policy table (net/ipv6/addrlabel.c:ip6addrlbl_init_table), longest prefix first. */
const LABELS: readonly (readonly [prefix: bigint, length: bigint, label: number])[] = [
  [1n, 128n, 0],
  [0xffffn << 32n, 96n, 4],
  [0n, 96n, 3],
  [0x2001n << 112n, 32n, 6],
  [0x2001_0010n << 96n, 28n, 7],
  [0x2002n << 112n, 16n, 2],
  [0xfcn << 120n, 7n, 5],
];

const labelOf = (ip: bigint): number =>
  LABELS.find(([prefix, length]) => ip >> (128n - length) === prefix >> (128n - length))?.[2] ?? 1;

/** How well an address suits a destination, rule by rule; the first rule that tells two apart decides. */
const scores = (dev: NetDev, address: Address6, out: NetDev | undefined, to: bigint): readonly number[] => {
  const { local } = address;
  const reach = scopeOf6(to);
  return [
    local === to ? 1 : 0,
    address.scope >= reach ? -address.scope : address.scope - 128,
    address.deprecated ? 0 : 1,
    out === undefined || dev === out ? 1 : 0,
    labelOf(local) === labelOf(to) ? 1 : 0,
    Math.min(commonBits(local, to), address.length),
  ];
};

const beats = (a: readonly number[], b: readonly number[]): boolean => {
  const at = a.findIndex((score, i) => score !== b[i]);
  return at >= 0 && a[at]! > b[at]!;
};

/**
 * The source address for a destination (RFC 6724, net/ipv6/addrconf.c:ipv6_dev_get_saddr); 0 when there is none. For
 * what stays on the link only addresses of the outgoing device count.
 */
export const sourceAddress6 = (ns: Netns, out: NetDev | undefined, to: bigint): bigint => {
  const onLink = out !== undefined && (isMulticast6(to) || scopeOf6(to) <= LINK_SCOPE);
  let best: { readonly local: bigint; readonly scores: readonly number[] } | undefined;
  for (const dev of onLink ? [out] : ns.devices)
    for (const address of dev.inet6?.addresses ?? []) {
      if (address.state !== 'ready') continue;
      const mine = scores(dev, address, out, to);
      if (!best || beats(mine, best.scores)) best = { local: address.local, scores: mine };
    }
  return best?.local ?? 0n;
};

/** The link-local address of a device (addrconf.c:ipv6_get_lladdr); 0 while it has none that is its own. */
export const linkLocalOf = (dev: NetDev): bigint =>
  dev.inet6?.addresses.find(({ scope, state, local }) => scope === LINK_SCOPE && state === 'ready' && local !== 1n)
    ?.local ?? 0n;

/** The address itself, where a device has it (addrconf.c:ipv6_get_ifaddr). */
export const addressOn = (dev: NetDev, ip: bigint): Address6 | undefined =>
  dev.inet6?.addresses.find(({ local }) => local === ip);
