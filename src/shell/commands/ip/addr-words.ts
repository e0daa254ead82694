import { fail, ok, type Result } from '../../../base/result.ts';
import type { AddressScope } from '../../../model/device.ts';
import { type Cidr, familyOf, type Ip } from '../../../model/ip.ts';
import { type Prefix, readIp, readPrefix, wantedFamily } from '../../text/addresses.ts';
import { readUnsigned } from '../../text/numbers.ts';
import type { OptionFamily } from './options.ts';
import { duplicate, ending, garbage, INCOMPLETE, notModelled, type Outcome, wrong } from './outcome.ts';
import { readScope } from './scopes.ts';
import { ipFamily } from './show-filter.ts';
import { ADDRESS_USAGE } from './usage.ts';
import { anything, either, exact, option, type Reader, readAll, short, type Words } from './words.ts';

/** What stands behind `ip addr add`, `change`, `replace` and `del` (ip/ipaddress.c:ipaddr_modify). */
export type AddrWords = {
  readonly family: OptionFamily;
  readonly local?: Prefix;
  /** As it was spelled. */
  readonly localWord?: string;
  readonly peer?: Cidr;
  /** `+` and `-` stand for all ones and all zeros behind the prefix. */
  readonly broadcast?: Ip | '+' | '-';
  readonly scope?: AddressScope;
  readonly dev?: string;
  readonly label?: string;
  readonly metric?: number;
  /** Infinity is `forever`. */
  readonly valid?: number;
  readonly preferred?: number;
  readonly noprefixroute?: boolean;
  readonly nodad?: boolean;
  readonly warnings: string;
};

type Read = Result<Partial<AddrWords>, Outcome>;

/** The first address that is read decides the family of the others. */
const settled = (family: OptionFamily, ip: Ip): OptionFamily => (family === 'any' ? familyOf(ip) : family);

const prefix = (word: string, family: OptionFamily): Result<Prefix, Outcome> => {
  if (family === 'link')
    return fail(ending(`Error: "${word}" may be inet prefix, but it is not allowed in this context.\n`, 1));
  const read = readPrefix(word, ipFamily(family));
  const wanted = wantedFamily(ipFamily(family));
  return read ? ok(read) : fail(ending(`Error: ${wanted} prefix is expected rather than "${word}".\n`, 1));
};

const readPeer = (word: string, { peer, family }: AddrWords): Read => {
  if (peer) return fail(duplicate('peer', word));
  const read = prefix(word, family);
  return read.ok ? ok({ peer: read.value, family: settled(family, read.value.address) }) : read;
};

const readBroadcast = (word: string, { broadcast, family }: AddrWords): Read => {
  if (broadcast !== undefined) return fail(duplicate('broadcast', word));
  if (word === '+' || word === '-') return ok({ broadcast: word });
  const read = readIp(word, ipFamily(family));
  if (read === undefined)
    return fail(ending(`Error: ${wantedFamily(ipFamily(family))} address is expected rather than "${word}".\n`, 1));
  return ok({ broadcast: read, family: settled(family, read) });
};

const readScopeWord = (word: string): Read => {
  const scope = readScope(word);
  return scope === undefined ? fail(wrong(word, 'invalid scope value.')) : ok({ scope });
};

const readMetric = (word: string): Read => {
  const metric = readUnsigned(word, 32);
  return metric === undefined ? fail(wrong(word, '"metric" value is invalid\n')) : ok({ metric });
};

const FOREVER = 0xffff_ffff;

const lifetime = (name: 'valid_lft' | 'preferred_lft', key: 'valid' | 'preferred'): Reader<AddrWords> => ({
  matches: short(name),
  read: (words, state) => {
    // Looked at before the value is, so the name itself is called the second value.
    if (state[key] !== undefined) return fail(duplicate(name, name));
    const word = words.next();
    if (word === undefined) return fail(INCOMPLETE);
    const seconds = word === 'forever' ? FOREVER : readUnsigned(word, 32);
    if (seconds === undefined) return fail(wrong(word, `${name} value`));
    return ok({ [key]: seconds === FOREVER ? Number.POSITIVE_INFINITY : seconds });
  },
});

/** Flags of an address: those that only the kernel sets, those of IPv6, and those for all. */
const KERNELS_FLAGS = exact(
  'secondary',
  'temporary',
  'dadfailed',
  'deprecated',
  'tentative',
  'permanent',
  'stable-privacy',
);
const IPV6_FLAGS = exact('nodad', 'optimistic', 'home', 'mngtmpaddr');

const warn = ({ warnings }: AddrWords, line: string): Read => ok({ warnings: `${warnings}Warning: ${line}\n` });

const flags: Reader<AddrWords> = {
  matches: either(KERNELS_FLAGS, IPV6_FLAGS, exact('noprefixroute', 'autojoin')),
  read: (_words, state, word) => {
    if (KERNELS_FLAGS(word)) return warn(state, `${word} option is not mutable from userspace`);
    if (IPV6_FLAGS(word) && state.family !== 6) return warn(state, `${word} option can be set only for IPv6 addresses`);
    if (word === 'noprefixroute') return ok({ noprefixroute: true });
    return word === 'nodad' ? ok({ nodad: true }) : fail(notModelled(`the address flag "${word}"`));
  },
};

const readLocal: Reader<AddrWords>['read'] = (words, { local, family }, word) => {
  const name = word === 'local' ? words.next() : word;
  if (name === undefined) return fail(INCOMPLETE);
  if (short('help')(name)) return fail(ending(ADDRESS_USAGE));
  if (local) return fail(garbage('local', name));
  const read = prefix(name, family);
  if (!read.ok) return read;
  return ok({ local: read.value, localWord: name, family: settled(family, read.value.address) });
};

const READERS: readonly Reader<AddrWords>[] = [
  option(exact('peer', 'remote'), readPeer),
  option(either(short('broadcast'), exact('brd')), readBroadcast),
  option(exact('anycast'), () => fail(notModelled('an anycast address'))),
  option(exact('scope'), readScopeWord),
  option(exact('dev'), (dev) => ok({ dev })),
  option(exact('label'), (label) => ok({ label })),
  option(short('metric', 'priority', 'preference'), readMetric),
  lifetime('valid_lft', 'valid'),
  lifetime('preferred_lft', 'preferred'),
  flags,
  { matches: anything, read: readLocal },
];

export const readAddr = (words: Words, family: OptionFamily): Result<AddrWords, Outcome> =>
  readAll(READERS, { family, warnings: '' }, words);
