import { fail, ok, type Result } from '../../base/result.ts';
import { ANY4, ANY6, addressBits, type Cidr, cidrText, familyOf, parseCidr } from '../../model/ip.ts';
import type { RouteProtocol, RouteScope, RouteTable, RouteType } from '../../model/network.ts';
import type { RouteSpec } from '../../model/operation.ts';
import { flag, ipTo, maybe, namedTo, numberTo, type Readers, readWords, splitWords, value } from './words.ts';

const TYPES: readonly RouteType[] = [
  'unicast',
  'local',
  'broadcast',
  'multicast',
  'unreachable',
  'blackhole',
  'prohibit',
  'throw',
];
const TABLES: readonly Extract<RouteTable, string>[] = ['local', 'main', 'default'];
const SCOPES: readonly Extract<RouteScope, string>[] = ['global', 'site', 'link', 'host', 'nowhere'];
const PROTOCOLS: readonly Extract<RouteProtocol, string>[] = ['kernel', 'boot', 'static', 'redirect', 'ra', 'dhcp'];

const READERS: Readers<RouteSpec> = {
  via: ipTo((via) => ({ via })),
  dev: value((device) => ok({ device })),
  src: ipTo((source) => ({ source })),
  metric: numberTo((metric) => ({ metric })),
  table: namedTo(TABLES, (table) => ({ table })),
  scope: namedTo(SCOPES, (scope) => ({ scope })),
  proto: namedTo(PROTOCOLS, (protocol) => ({ protocol })),
  tos: numberTo((tos) => ({ tos })),
  onlink: flag({ onlink: true }),
};

/** Reads what stands behind `ip route add`: `[TYPE] PREFIX [via IP] [dev NAME] …`. */
export const parseRoute = (text: string): Result<RouteSpec, string> => {
  const [first = '', ...others] = splitWords(text);
  const type = TYPES.find((each) => each === first);
  const [destination = '', ...rest] = type === undefined ? [first, ...others] : others;
  const read = readWords(rest, READERS);
  if (!read.ok) return read;
  const prefix = parseDestination(destination, read.value);
  if (!prefix.ok) return prefix;
  return ok({ ...(type === undefined ? {} : { type }), ...read.value, destination: prefix.value });
};

const parseDestination = (text: string, { via, source }: Partial<RouteSpec>): Result<Cidr, string> => {
  const isSix = familyOf(via ?? source ?? ANY4) === 6;
  if (text === 'default') return ok({ address: isSix ? ANY6 : ANY4, length: 0 });
  const prefix = parseCidr(text);
  return prefix.ok ? prefix : fail(`${prefix.error}, nor is it "default".`);
};

/** `10.0.0.0/24`, `10.0.0.1` for one address alone, `default` for all. Of IPv6 the address says so itself. */
const destinationText = (destination: Cidr): string => {
  const { address, length } = destination;
  if (length === 0 && address === ANY4) return 'default';
  return length === addressBits(familyOf(address)) ? address : cidrText(destination);
};

/** The words that `parseRoute` reads back as the same route. */
export const routeWords = (route: RouteSpec): readonly string[] => [
  ...(route.type === undefined ? [] : [route.type]),
  destinationText(route.destination),
  ...maybe('tos', route.tos),
  ...maybe('via', route.via),
  ...maybe('dev', route.device),
  ...maybe('table', route.table),
  ...maybe('proto', route.protocol),
  ...maybe('scope', route.scope),
  ...maybe('src', route.source),
  ...maybe('metric', route.metric),
  ...(route.onlink ? ['onlink'] : []),
];
