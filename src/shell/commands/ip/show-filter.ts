import { fail, ok, type Result } from '../../../base/result.ts';
import type { Address, Device } from '../../../model/device.ts';
import { type Cidr, contains, type Family, familyOf } from '../../../model/ip.ts';
import { scopeNumber } from '../../../model/scope.ts';
import { readPrefix, wantedFamily } from '../../text/addresses.ts';
import { own } from '../../text/own.ts';
import { isDeprecated } from './addr-fields.ts';
import { readGroup } from './link-readers.ts';
import { deviceAt } from './lookup.ts';
import type { OptionFamily } from './options.ts';
import { ending, failure, garbage, type Outcome, wrong } from './outcome.ts';
import type { Request } from './request.ts';
import { readScope } from './scopes.ts';
import { ADDRESS_USAGE } from './usage.ts';
import { anything, exact, flag, option, type Reader, readAll, short, wordsOf } from './words.ts';

/** Which links and which addresses to show or to flush (ip/ipaddress.c: struct link_filter). */
export type Filter = {
  readonly family: OptionFamily;
  readonly dev?: string;
  readonly device?: Device;
  readonly to?: Cidr;
  readonly scope?: number;
  readonly up?: boolean;
  readonly label?: string;
  readonly group?: number;
  readonly master?: Device;
  readonly nomaster?: boolean;
  readonly kind?: string;
  readonly slaveKind?: string;
  /** Flags of an address that must be there, or must not. */
  readonly flags: Readonly<Partial<Record<AddressFlag, boolean>>>;
};

export type AddressFlag = 'secondary' | 'nodad' | 'deprecated' | 'permanent' | 'noprefixroute' | 'never';

/** The words for them; those of flags that no address of the model ever has are `never`. */
const FLAG_WORDS: Readonly<Record<string, AddressFlag>> = {
  secondary: 'secondary',
  temporary: 'secondary',
  nodad: 'nodad',
  optimistic: 'never',
  dadfailed: 'never',
  home: 'never',
  deprecated: 'deprecated',
  tentative: 'never',
  permanent: 'permanent',
  mngtmpaddr: 'never',
  noprefixroute: 'noprefixroute',
  autojoin: 'never',
  'stable-privacy': 'never',
};
/** Two words that say the opposite of another. */
const OPPOSITES: Readonly<Record<string, AddressFlag>> = { dynamic: 'permanent', primary: 'secondary' };

const flagOf = (word: string): readonly [AddressFlag, boolean] | undefined => {
  const inverted = word.startsWith('-');
  const name = inverted ? word.slice(1) : word;
  const opposite = own(OPPOSITES, name);
  const straight = own(FLAG_WORDS, name);
  if (opposite) return [opposite, inverted];
  return straight ? [straight, !inverted] : undefined;
};

const hasFlag = (address: Address, name: AddressFlag): boolean => {
  switch (name) {
    case 'secondary':
      return address.secondary === true;
    case 'nodad':
      return address.nodad === true;
    case 'noprefixroute':
      return address.noprefixroute === true;
    case 'permanent':
      return address.validSeconds === undefined;
    case 'deprecated':
      return isDeprecated(address);
    case 'never':
      return false;
  }
};

export const ipFamily = (family: OptionFamily): Family | undefined =>
  family === 4 || family === 6 ? family : undefined;

type Read = Result<Partial<Filter>, Outcome>;

const ANYWHERE = new Set(['default', 'any', 'all']);

const readTo = (word: string, { family }: Filter): Read => {
  if (family === 'link')
    return fail(ending(`Error: "${word}" may be inet prefix, but it is not allowed in this context.\n`, 1));
  if (ANYWHERE.has(word)) return ok({});
  const to = readPrefix(word, ipFamily(family));
  if (!to)
    return fail(ending(`Error: ${wantedFamily(ipFamily(family))} prefix is expected rather than "${word}".\n`, 1));
  return ok({ to, family: family === 'any' ? familyOf(to.address) : family });
};

const readType = (word: string): Read =>
  word.endsWith('_slave') ? ok({ slaveKind: word.slice(0, -'_slave'.length) }) : ok({ kind: word });

const readers = ({ simulation, place }: Request, usage: string): readonly Reader<Filter>[] => {
  const find = (name: string): Device | undefined => deviceAt(simulation.network(), place, name);
  return [
    option(exact('to'), readTo),
    option(exact('scope'), (word) => {
      const scope = word === 'all' ? undefined : readScope(word);
      if (word === 'all') return ok({});
      return scope === undefined ? fail(wrong(word, 'invalid "scope"\n')) : ok({ scope: scopeNumber(scope) });
    }),
    flag(exact('up'), { up: true }),
    {
      matches: (word) => flagOf(word) !== undefined,
      read: (_words, { flags }, word) => {
        const [name, wanted] = flagOf(word) ?? ['never', false];
        return ok({ flags: { ...flags, [name]: wanted } });
      },
    },
    option(exact('label'), (label) => ok({ label })),
    option(exact('group'), (word) => {
      const group = readGroup(word);
      return group === undefined ? fail(wrong(word, 'Invalid "group" value\n')) : ok({ group });
    }),
    option(exact('master'), (word) => {
      const master = find(word);
      return master ? ok({ master }) : fail(wrong(word, 'Device does not exist\n'));
    }),
    option(exact('vrf'), (word) => fail(wrong(word, 'Not a valid VRF name\n'))),
    flag(exact('nomaster'), { nomaster: true }),
    option(exact('type'), readType),
    option(exact('dev'), (word, { dev }) => (dev === undefined ? ok({ dev: word }) : fail(garbage('dev', word)))),
    { matches: short('help'), read: () => fail(ending(usage)) },
    {
      matches: anything,
      read: (_words, { dev }, word) => (dev === undefined ? ok({ dev: word }) : fail(garbage('dev', word))),
    },
  ];
};

export const readFilter = (request: Request, family: OptionFamily, usage = ADDRESS_USAGE): Result<Filter, Outcome> => {
  const read = readAll(readers(request, usage), { family, flags: {} }, wordsOf(request.args));
  if (!read.ok || read.value.dev === undefined) return read;
  const device = deviceAt(request.simulation.network(), request.place, read.value.dev);
  return device ? ok({ ...read.value, device }) : fail(failure(`Device "${read.value.dev}" does not exist.\n`));
};

/** A pattern as fnmatch(3) understands it. */
const matchesLabel = (pattern: string, label: string): boolean => {
  const source = pattern
    .replace(/[.+^${}()|\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
    .replaceAll('[!', '[^');
  try {
    return new RegExp(`^${source}$`, 's').test(label);
  } catch {
    return pattern === label;
  }
};

/** What the address itself must be; of which device is not asked here. */
export const admits = (filter: Filter, device: Device, address: Address): boolean =>
  (filter.family === 'any' || filter.family === address.family) &&
  (filter.scope === undefined || filter.scope === scopeNumber(address.scope)) &&
  (filter.to === undefined || contains(filter.to, address.local)) &&
  (filter.label === undefined || matchesLabel(filter.label, address.label ?? device.name)) &&
  Object.entries(filter.flags).every(([name, wanted]) => hasFlag(address, name as AddressFlag) === wanted);

/** A network card and `lo` have no kind. A kind that the kernel does not know filters nothing there, but all in `ip`. */
const KINDS = new Set(['veth', 'dummy', 'vlan', 'bridge', 'macvlan', 'macvtap', 'ipvlan', 'ipvtap']);
const isOfKind = (kind: string, device: Device): boolean => KINDS.has(kind) && device.kind === kind;

/** What the kernel leaves out of its list when it is told the master or the kind. */
export const isListed = (filter: Filter, device: Device): boolean =>
  filter.device !== undefined ||
  ((filter.master === undefined || device.master === filter.master.id) &&
    (!filter.nomaster || device.master === undefined) &&
    (filter.kind === undefined || !KINDS.has(filter.kind) || isOfKind(filter.kind, device)));

/** What `ip` itself passes over. */
export const isShown = (filter: Filter, device: Device): boolean =>
  (!filter.up || device.up) &&
  (filter.group === undefined || device.group === filter.group) &&
  (filter.master === undefined || device.master === filter.master.id) &&
  (filter.kind === undefined || isOfKind(filter.kind, device)) &&
  (filter.slaveKind === undefined || (device.port !== undefined && filter.slaveKind === 'bridge'));
