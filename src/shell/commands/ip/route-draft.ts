import { fail, ok, type Result } from '../../../base/result.ts';
import type { Family, Ip } from '../../../model/ip.ts';
import { familyOf } from '../../../model/ip.ts';
import type { RouteProtocol, RouteScope, RouteTable, RouteType } from '../../../model/network.ts';
import { readUnsigned } from '../../text/numbers.ts';
import { ending, garbage, INCOMPLETE, notModelled, type Outcome, wrong } from './outcome.ts';
import { isRouteType, protocols, readTos, readType, scopes, tables } from './route-names.ts';
import { readAddress, readSelector, type Selector } from './route-prefix.ts';
import { ROUTE_USAGE } from './route-usage.ts';
import { abbreviates, anything, either, exact, flag, option, type Reader, short, type Words } from './words.ts';

/** A route as far as the words have told. */
export type Draft = {
  readonly family?: Family;
  readonly type?: RouteType;
  readonly destination?: Selector;
  readonly table?: RouteTable;
  readonly device?: string;
  readonly via?: Ip;
  readonly source?: Ip;
  readonly metric?: number;
  readonly scope?: RouteScope;
  readonly protocol?: RouteProtocol;
  readonly onlink?: true;
  readonly tos?: number;
  /** The first word that Linux understands and the model does not. */
  readonly beyond?: string;
};
type Patch = Result<Partial<Draft>, Outcome>;

/** A value that must be understood: what is printed where it is not ends in an empty line, as in iproute.c. */
const value =
  <Key extends keyof Draft>(key: Key, read: (text: string) => Draft[Key] | undefined, complaint: string) =>
  (text: string): Patch => {
    const known = read(text);
    return known === undefined ? fail(wrong(text, `${complaint}\n`)) : ok({ [key]: known });
  };

const readVia = (words: Words, state: Draft): Patch => {
  if (state.via !== undefined) return fail(wrong('via', 'use nexthop syntax to specify multiple via\n'));
  const first = words.next();
  const named = first === 'inet' ? 4 : first === 'inet6' ? 6 : undefined;
  const text = named === undefined ? first : words.next();
  if (text === undefined) return fail(INCOMPLETE);
  const via = readAddress(text, named ?? state.family);
  return via.ok ? ok({ via: via.value, family: state.family ?? familyOf(via.value) }) : via;
};

const readSource = (text: string, state: Draft): Patch => {
  const source = readAddress(text, state.family);
  return source.ok ? ok({ source: source.value, family: state.family ?? familyOf(source.value) }) : source;
};

/** Numbers of the route's metrics (RTAX_*): read as far as to tell a wrong one, and not modelled. */
const beyond = (matches: Reader<Draft>['matches'], name: string): Reader<Draft> => ({
  matches,
  read: (words, state) => {
    const first = words.next();
    const text = first === 'lock' ? words.next() : first;
    if (text === undefined) return fail(INCOMPLETE);
    if (readUnsigned(text, 32) === undefined) return fail(wrong(text, `"${name}" value is invalid\n`));
    return ok({ beyond: state.beyond ?? `"${name}" of a route` });
  },
});
/** Words of other worlds (MPLS, VRF, encapsulation …), which may be followed by anything. */
const foreign = (matches: Reader<Draft>['matches']): Reader<Draft> => ({
  matches,
  read: (_words, _state, word) => fail(notModelled(`"${word}" of a route`)),
});

/** `[to] [TYPE] PREFIX` */
const readDestination = (words: Words, state: Draft, word: string): Patch => {
  let text: string | undefined = word === 'to' ? words.next() : word;
  if (text === undefined) return fail(INCOMPLETE);
  const type = /^\d/.test(text) ? undefined : readType(text);
  if (type !== undefined) text = words.next();
  if (text === undefined) return fail(INCOMPLETE);
  if (abbreviates(text, 'help')) return fail(ending(ROUTE_USAGE));
  if (state.destination) return fail(garbage('to', text));
  const destination = readSelector(text, state.family);
  if (!destination.ok) return destination;
  const { family } = destination.value;
  return ok({
    destination: destination.value,
    ...(family && { family: state.family ?? family }),
    ...(type !== undefined && (isRouteType(type) ? { type } : { beyond: `route type "${type}"` })),
  });
};

const u32 = (text: string): number | undefined => readUnsigned(text, 32);

// In the order of iproute.c:iproute_modify, which decides what a short word stands for.
export const DRAFT_READERS: readonly Reader<Draft>[] = [
  option(exact('src'), readSource),
  foreign(exact('as')),
  { matches: exact('via'), read: readVia },
  foreign(exact('from')),
  option(either(exact('tos'), short('dsfield')), value('tos', readTos, '"tos" value is invalid')),
  beyond(exact('expires'), 'expires'),
  option(either(short('metric', 'priority'), exact('preference')), value('metric', u32, '"metric" value is invalid')),
  option(exact('scope'), value('scope', scopes.read, 'invalid "scope" value')),
  beyond(exact('mtu'), 'mtu'),
  beyond(exact('hoplimit'), 'hoplimit'),
  beyond(exact('advmss'), 'mss'),
  beyond(short('reordering'), 'reordering'),
  foreign(exact('rtt', 'rto_min')),
  beyond(short('window'), 'window'),
  beyond(short('cwnd'), 'cwnd'),
  beyond(short('initcwnd'), 'initcwnd'),
  beyond(short('initrwnd'), 'initrwnd'),
  foreign(short('features')),
  beyond(short('quickack'), 'quickack'),
  foreign(short('congctl', 'rttvar')),
  beyond(short('ssthresh'), 'ssthresh'),
  foreign(short('realms')),
  flag(exact('onlink'), { onlink: true }),
  foreign(exact('nexthop', 'nhid')),
  option(short('protocol'), value('protocol', protocols.read, '"protocol" value is invalid')),
  option(short('table'), value('table', tables.read, '"table" value is invalid')),
  foreign(short('vrf')),
  option(exact('dev', 'oif'), (device) => ok({ device })),
  foreign(either(short('pref'), exact('encap', 'ttl-propagate'), short('fastopen_no_cookie'))),
  { matches: anything, read: readDestination },
];
