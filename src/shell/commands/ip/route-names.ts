import type { RouteProtocol, RouteScope, RouteTable, RouteType } from '../../../model/network.ts';
import { readUnsigned } from '../../text/numbers.ts';
import { abbreviates } from './words.ts';

// /etc/iproute2: rt_protos, rt_scopes, rt_tables and rt_dsfield, as iproute2 6.1.0 installs them.
const PROTOCOLS: Readonly<Record<Exclude<RouteProtocol, number>, number>> = {
  redirect: 1,
  kernel: 2,
  boot: 3,
  static: 4,
  ra: 9,
  dhcp: 16,
};
/** Routing daemons: the model holds these by number. */
const DAEMONS: Readonly<Record<string, number>> = {
  unspec: 0,
  gated: 8,
  mrt: 10,
  zebra: 11,
  bird: 12,
  dnrouted: 13,
  xorp: 14,
  ntk: 15,
  keepalived: 18,
  babel: 42,
  openr: 99,
  bgp: 186,
  isis: 187,
  ospf: 188,
  rip: 189,
  eigrp: 192,
};
const SCOPES: Readonly<Record<Exclude<RouteScope, number>, number>> = {
  global: 0,
  site: 200,
  link: 253,
  host: 254,
  nowhere: 255,
};
const TABLES: Readonly<Record<Exclude<RouteTable, number>, number>> = { default: 253, main: 254, local: 255 };
const DSFIELDS: Readonly<Record<string, number>> = {
  default: 0,
  AF11: 0x28,
  AF12: 0x30,
  AF13: 0x38,
  AF21: 0x48,
  AF22: 0x50,
  AF23: 0x58,
  AF31: 0x68,
  AF32: 0x70,
  AF33: 0x78,
  AF41: 0x88,
  AF42: 0x90,
  AF43: 0x98,
  CS1: 0x20,
  CS2: 0x40,
  CS3: 0x60,
  CS4: 0x80,
  CS5: 0xa0,
  CS6: 0xc0,
  CS7: 0xe0,
  EF: 0xb8,
};

type Named<Name extends string> = {
  readonly read: (text: string) => Name | number | undefined;
  readonly number: (value: Name | number) => number;
  readonly text: (value: Name | number) => string;
};

/** A number that has names. What has one in the model is held by it, whether it was said by name or by number. */
const naming = <Name extends string>(
  names: Readonly<Record<Name, number>>,
  bits: 8 | 32,
  others: Readonly<Record<string, number>> = {},
): Named<Name> => {
  const held = Object.entries<number>(names);
  const all = [...held, ...Object.entries(others)];
  const byNumber = (list: typeof all, value: number) => list.find(([, number]) => number === value)?.[0];
  return {
    read: (text) => {
      const number = all.find(([name]) => name === text)?.[1] ?? readUnsigned(text, bits);
      return number === undefined ? undefined : ((byNumber(held, number) as Name | undefined) ?? number);
    },
    number: (value) => (typeof value === 'number' ? value : names[value]),
    text: (value) => (typeof value === 'number' ? (byNumber(all, value) ?? String(value)) : value),
  };
};

export const protocols = naming(PROTOCOLS, 8, DAEMONS);
export const scopes = naming(SCOPES, 8);
export const tables = naming(TABLES, 32, { unspec: 0 });

export const readTos = (text: string): number | undefined => {
  const named = Object.entries(DSFIELDS).find(([name]) => name === text)?.[1];
  if (named !== undefined) return named;
  return /^(0x)?[0-9a-f]{1,8}$/i.test(text) && Number.parseInt(text, 16) < 256 ? Number.parseInt(text, 16) : undefined;
};
export const tosText = (tos: number): string =>
  Object.entries(DSFIELDS).find(([, number]) => number === tos)?.[0] ?? `0x${tos.toString(16).padStart(2, '0')}`;

type ForeignType = 'nat' | 'anycast' | 'xresolve';

const TYPES: readonly (readonly [RouteType | ForeignType, (word: string) => boolean])[] = [
  ['local', (word) => word === 'local'],
  ['nat', (word) => word === 'nat'],
  ['broadcast', (word) => abbreviates(word, 'broadcast') || word === 'brd'],
  ['anycast', (word) => abbreviates(word, 'anycast')],
  ['multicast', (word) => abbreviates(word, 'multicast')],
  ['prohibit', (word) => abbreviates(word, 'prohibit')],
  ['unreachable', (word) => abbreviates(word, 'unreachable')],
  ['blackhole', (word) => abbreviates(word, 'blackhole')],
  ['xresolve', (word) => abbreviates(word, 'xresolve')],
  ['unicast', (word) => abbreviates(word, 'unicast')],
  ['throw', (word) => word === 'throw'],
];

/** ip/rtm_map.c:rtnl_rtntype_a2n. */
export const readType = (word: string): RouteType | ForeignType | undefined =>
  TYPES.find(([, matches]) => matches(word))?.[0];
export const isRouteType = (type: RouteType | ForeignType): type is RouteType =>
  type !== 'nat' && type !== 'anycast' && type !== 'xresolve';
