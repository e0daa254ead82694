import { fail, ok, type Result } from '../../../base/result.ts';
import { type Cidr, contains, type Family, familyOf } from '../../../model/ip.ts';
import type { Route, RouteProtocol, RouteScope, RouteTable, RouteType } from '../../../model/network.ts';
import { readUnsigned } from '../../text/numbers.ts';
import { ending, INCOMPLETE, notModelled, type Outcome, wrong } from './outcome.ts';
import { isRouteType, protocols, readTos, readType, scopes, tables } from './route-names.ts';
import { readSelector, type Selector } from './route-prefix.ts';
import { ROUTE_USAGE } from './route-usage.ts';
import { abbreviates, anything, either, exact, flag, option, type Reader, short, type Words } from './words.ts';

/** Which routes `ip route show` and `flush` mean; what is asked for is not printed again. */
export type RouteFilter = {
  readonly family?: Family;
  readonly table: RouteTable | 'all';
  readonly cached?: true;
  readonly tos?: number;
  readonly protocol?: RouteProtocol;
  readonly scope?: RouteScope;
  readonly type?: RouteType;
  readonly device?: string;
  readonly input?: string;
  readonly metric?: number;
  readonly via?: Selector;
  readonly source?: Selector;
  readonly root?: Selector;
  readonly match?: Selector;
};
type Patch = Result<Partial<RouteFilter>, Outcome>;

const readTable = (text: string): Patch => {
  const table = tables.read(text);
  if (table !== undefined) return ok({ table: table === 0 ? 'all' : table });
  if (text === 'all') return ok({ table: 'all' });
  if (text === 'cache') return ok({ cached: true });
  return fail(text === 'help' ? ending(ROUTE_USAGE) : wrong(text, 'table id value is invalid\n'));
};

/** `all` takes the condition off again. */
const condition =
  <Key extends 'protocol' | 'scope'>(key: Key, read: (text: string) => RouteFilter[Key] | undefined) =>
  (text: string): Patch => {
    const value = read(text);
    if (value !== undefined) return ok({ [key]: value });
    return text === 'all' ? ok({}) : fail(wrong(text, `invalid "${key}"\n`));
  };

const readRouteType = (text: string): Patch => {
  const type = readType(text);
  if (type === undefined) return fail(wrong(text, 'node type value is invalid\n'));
  return isRouteType(type) ? ok({ type }) : fail(notModelled(`route type "${type}"`));
};

const selector =
  (...keys: readonly ('via' | 'source' | 'root' | 'match')[]) =>
  (text: string, { family }: RouteFilter): Patch => {
    const read = readSelector(text, family);
    return read.ok ? ok(Object.fromEntries(keys.map((key) => [key, read.value]))) : read;
  };

const readVia = (words: Words, state: RouteFilter): Patch => {
  const first = words.next();
  const family = first === 'inet' ? 4 : first === 'inet6' ? 6 : undefined;
  const text = family === undefined ? first : words.next();
  return text === undefined ? fail(INCOMPLETE) : selector('via')(text, family ? { ...state, family } : state);
};

/** `[to] [root|match|exact] PREFIX` */
const readDestination = (words: Words, state: RouteFilter, word: string): Patch => {
  let text: string | undefined = abbreviates(word, 'to') ? words.next() : word;
  const how = ['root', 'match', 'exact'].find((each) => abbreviates(text ?? '', each));
  if (how !== undefined) text = words.next();
  if (text === undefined) return fail(INCOMPLETE);
  const keys = how === 'root' || how === 'match' ? ([how] as const) : (['root', 'match'] as const);
  return selector(...keys)(text, state);
};

const number =
  (complaint: string, read: (text: string) => number | undefined, key: 'metric' | 'tos') =>
  (text: string): Patch => {
    const value = read(text);
    return value === undefined ? fail(wrong(text, complaint)) : ok({ [key]: value });
  };
const foreign = (matches: Reader<RouteFilter>['matches']): Reader<RouteFilter> => ({
  matches,
  read: (_words, _state, word) => fail(notModelled(`selecting routes by "${word}"`)),
});

// In the order of iproute.c:iproute_list_flush_or_save.
export const FILTER_READERS: readonly Reader<RouteFilter>[] = [
  option(short('table'), readTable),
  foreign(short('vrf')),
  flag(short('cached', 'cloned'), { cached: true }),
  option(either(exact('tos'), short('dsfield')), number('TOS value is invalid\n', readTos, 'tos')),
  option(short('protocol'), condition('protocol', protocols.read)),
  option(short('scope'), condition('scope', scopes.read)),
  option(short('type'), readRouteType),
  option(exact('dev', 'oif'), (device) => ok({ device })),
  option(exact('iif'), (input) => ok({ input })),
  foreign(exact('mark')),
  option(
    either(short('metric', 'priority'), exact('preference')),
    number('"metric" value is invalid\n', (text) => readUnsigned(text, 32), 'metric'),
  ),
  { matches: exact('via'), read: readVia },
  option(exact('src'), selector('source')),
  foreign(short('realms', 'from')),
  { matches: anything, read: readDestination },
];

const isIn = (selected: Selector | undefined, ip: Route['via'], family: Family): boolean => {
  if (!selected?.family) return true;
  if (selected.family !== (ip === undefined ? family : familyOf(ip))) return false;
  return (
    selected.address === undefined ||
    (ip !== undefined && contains({ address: selected.address, length: selected.length }, ip))
  );
};

/** The route lies inside `root`. */
const below = (root: Selector | undefined, { family, destination, length }: Route): boolean => {
  if (!root || (!root.family && !root.given)) return true;
  if (root.length > length || (root.family && root.family !== family)) return false;
  return root.address === undefined || contains({ address: root.address, length: root.length }, destination);
};

/** The route covers `match`. */
const covers = (match: Selector | undefined, { family, destination, length }: Route): boolean => {
  if (!match || (!match.family && !match.given)) return true;
  if (match.length < length || (match.family && match.family !== family)) return false;
  const own: Cidr = { address: destination, length };
  return match.address === undefined ? length === 0 : contains(own, match.address);
};

const is = <T>(wanted: T | undefined, value: T): boolean => wanted === undefined || wanted === value;

/** iproute.c:filter_nlmsg; devices are compared by the caller, which knows their names. */
export const selects = (filter: RouteFilter, route: Route): boolean =>
  !filter.cached &&
  is(filter.family, route.family) &&
  (filter.table === 'all' || filter.table === route.table) &&
  is(filter.protocol, route.protocol) &&
  is(filter.scope, route.family === 6 ? 'global' : route.scope) &&
  is(filter.type, route.type) &&
  is(filter.tos, route.tos ?? 0) &&
  is(filter.metric, route.metric) &&
  isIn(filter.via, route.via, route.family) &&
  isIn(filter.source, route.source, route.family) &&
  below(filter.root, route) &&
  covers(filter.match, route);
