import { fail, ok, type Result } from '../../../../base/result.ts';
import { isMacvlan, type Macvlan, type MacvlanMode } from '../../../../model/device.ts';
import type { Mac } from '../../../../model/mac.ts';
import type { SourceListChange } from '../../../../model/operation.ts';
import { data, type Field, mark, named, text, value } from '../../../text/fields.ts';
import { readUnsigned } from '../../../text/numbers.ts';
import { hardwareAddress, macOf } from '../hardware.ts';
import { failure, INCOMPLETE, type Outcome } from '../outcome.ts';
import { anything, exact, option, type Reader, readAll, short, type Words } from '../words.ts';
import type { Kind, Seen } from './kind.ts';

const usage = (
  name: string,
): string => `Usage: ... ${name} mode MODE [flag MODE_FLAG] MODE_OPTS [bcqueuelen BC_QUEUE_LEN]

MODE: private | vepa | bridge | passthru | source
MODE_FLAG: null | nopromisc | nodst
MODE_OPTS: for mode "source":
	macaddr { { add | del } <macaddr> | set [ <macaddr> [ <macaddr>  ... ] ] | flush }
BC_QUEUE_LEN: Length of the rx queue for broadcast/multicast: [0-4294967295]
`;

type State = {
  readonly mode?: MacvlanMode;
  readonly flags?: { readonly nopromisc: boolean; readonly nodst: boolean };
  readonly sources?: SourceListChange;
  readonly bcQueueLength?: number;
};

const MODES: readonly MacvlanMode[] = ['private', 'vepa', 'bridge', 'passthru', 'source'];

const readMode = (word: string): Result<State, Outcome> => {
  const mode = MODES.find((each) => each === word);
  const choice = '"private", "vepa", "bridge", "passthru" or "source"';
  return mode ? ok({ mode }) : fail(failure(`Error: argument of "mode" must be ${choice}, not "${word}"\n`));
};

const withFlag = ({ flags }: State, word: string): State => ({
  flags: {
    nopromisc: word === 'nopromisc' || flags?.nopromisc === true,
    nodst: word === 'nodst' || flags?.nodst === true,
  },
});

const readFlag = (word: string, state: State): Result<State, Outcome> =>
  exact('nopromisc', 'nodst', 'null')(word)
    ? ok(withFlag(state, word))
    : fail(failure(`Error: argument of "flag" must be "nopromisc", "nodst" or "null", not "${word}"\n`));

const readQueue = (word: string): Result<State, Outcome> => {
  const bcQueueLength = readUnsigned(word, 32);
  return bcQueueLength === undefined
    ? fail(failure(`Error: argument of "bcqueuelen" must be a positive integer [0-4294967295], not "${word}"\n`))
    : ok({ bcQueueLength });
};

const oneSource = (change: 'add' | 'del', words: Words): Result<State, Outcome> => {
  const word = words.next();
  if (word === undefined) return fail(INCOMPLETE);
  const bytes = hardwareAddress(word);
  if (!bytes.ok) return bytes;
  const mac = macOf(bytes.value);
  return mac ? ok({ sources: { change, mac } }) : fail(failure(''));
};

/** `set` takes addresses up to the first word that is none. */
const manySources = (words: Words): State => {
  const macs: Mac[] = [];
  for (let word = words.peek(); word !== undefined; word = words.peek()) {
    const bytes = hardwareAddress(word);
    const mac = bytes.ok ? macOf(bytes.value) : undefined;
    if (!mac) break;
    macs.push(mac);
    words.next();
  }
  return { sources: { change: 'set', macs } };
};

const readSources = (name: string, words: Words): Result<State, Outcome> => {
  const change = words.next();
  switch (change) {
    case undefined:
      return fail(INCOMPLETE);
    case 'add':
    case 'del':
      return oneSource(change, words);
    case 'set':
      return ok(manySources(words));
    case 'flush':
      return ok({ sources: { change } });
    default:
      return fail(failure(usage(name)));
  }
};

const readers = (name: string): readonly Reader<State>[] => [
  option(short('mode'), readMode),
  option(short('flag'), readFlag),
  { matches: short('macaddr'), read: (words) => readSources(name, words) },
  { matches: short('nopromisc'), read: (_words, state) => ok(withFlag(state, 'nopromisc')) },
  { matches: short('nodst'), read: (_words, state) => ok(withFlag(state, 'nodst')) },
  option(short('bcqueuelen'), readQueue),
  { matches: short('help'), read: () => fail(failure(usage(name))) },
  { matches: anything, read: (_w, _s, word) => fail(failure(`${name}: unknown option "${word}"?\n${usage(name)}`)) },
];

const parse: Kind['parse'] = (name, words) => {
  const state = readAll(readers(name), {} as State, words);
  if (!state.ok) return state;
  if (state.value.flags?.nopromisc && state.value.mode !== 'passthru')
    return fail(failure(`${name}: nopromisc flag only valid in passthru mode\n${usage(name)}`));
  return ok({ kind: { kind: name === 'macvtap' ? 'macvtap' : 'macvlan', ...state.value } });
};

/** One queue serves the children of a parent: as long as the longest that one of them asked for. */
const usedQueue = ({ machine }: Seen, child: Macvlan): number =>
  Object.values(machine.devices).reduce(
    (most, other) => (isMacvlan(other) && other.parent === child.parent ? Math.max(most, other.bcQueueLength) : most),
    child.bcQueueLength,
  );

/** macvlan.c:macvlan_eth_hash. */
const bucket = (mac: Mac): bigint => {
  const bytes = BigInt(`0x${mac.split(':').reverse().join('')}`);
  return BigInt.asUintN(64, (bytes << 16n) * 0x61c8864680b583ebn) >> 56n;
};

/** The kernel keeps the addresses in a hash and shows bucket after bucket, in each what came last. */
const inHashOrder = (macs: readonly Mac[]): readonly Mac[] =>
  macs.toReversed().sort((a, b) => Number(bucket(a) - bucket(b)));

const sourceFields = (macs: readonly Mac[]): readonly Field[] => [
  value('macaddr_count', macs.length, `remotes (${macs.length}) `),
  ...(macs.length > 0 ? [data('macaddr_data', macs), text(macs.map((mac) => `${mac} `).join(''))] : []),
];

const fields = (seen: Seen): readonly Field[] => {
  const { device } = seen;
  if (!isMacvlan(device)) return [];
  return [
    named('mode', device.mode),
    ...(device.nopromisc ? [mark('nopromisc')] : []),
    ...(device.nodst ? [mark('nodst')] : []),
    named('bcqueuelen', device.bcQueueLength),
    named('usedbcqueuelen', usedQueue(seen, device)),
    ...(device.mode === 'source' ? sourceFields(inHashOrder(device.sources)) : []),
  ];
};

export const macvlan: Kind = { names: ['macvlan', 'macvtap'], parse, fields, usage };
