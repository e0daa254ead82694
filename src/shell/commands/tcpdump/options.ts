import { fail, ok, type Result } from '../../../base/result.ts';
import { failed, type Output, printed } from '../../command.ts';
import { getopt, type LongOptions } from '../../getopt.ts';
import { USAGE, VERSION } from './usage.ts';

type Direction = 'in' | 'out' | 'inout';

export type TcpdumpOptions = {
  readonly device?: string;
  /** 0: without end. */
  readonly count: number;
  readonly direction: Direction;
  readonly snapshot: number;
  /** How many -t: none is the time of day, two the time since 1970, and so on. */
  readonly stamps: number;
  readonly nano: boolean;
  readonly link: boolean;
  readonly numeric: boolean;
  readonly quick: boolean;
  readonly verbose: boolean;
  readonly numbered: boolean;
  readonly list: boolean;
  readonly filter: string;
};

const DEFAULTS: TcpdumpOptions = {
  ...{ count: 0, direction: 'inout', snapshot: 262_144, stamps: 0, filter: '' },
  ...{ nano: false, link: false, numeric: false, quick: false, verbose: false, numbered: false, list: false },
};

const LETTERS = 'aAbB:c:C:dDeE:fF:G:hHi:Ij:JKlLm:M:nNOpqQ:r:s:StT:uUvV:w:W:xXy:Yz:Z:#';

const long = (name: string, argument = false) => ({ name, argument });
const LONGS: LongOptions = {
  'buffer-size': long('B', true),
  'list-interfaces': long('D'),
  help: long('h'),
  interface: long('i', true),
  'monitor-mode': long('I'),
  'time-stamp-type': long('j', true),
  'list-time-stamp-types': long('J'),
  micro: long('micro'),
  nano: long('nano'),
  'time-stamp-precision': long('precision', true),
  'dont-verify-checksums': long('K'),
  'list-data-link-types': long('L'),
  'no-optimize': long('O'),
  'no-promiscuous-mode': long('p'),
  direction: long('Q', true),
  'snapshot-length': long('s', true),
  'absolute-tcp-sequence-numbers': long('S'),
  'packet-buffered': long('U'),
  linktype: long('y', true),
  'immediate-mode': long('immediate'),
  'relinquish-privileges': long('Z', true),
  count: long('count'),
  number: long('#'),
  print: long('print'),
  version: long('version'),
};

type Change = (value: string, so: TcpdumpOptions) => Result<Partial<TcpdumpOptions>, string>;

const set =
  (change: Partial<TcpdumpOptions>): Change =>
  () =>
    ok(change);

/** Decimal, octal or hexadecimal, as strtol(3) with base 0 reads it. */
const number = (text: string): number => (/^\s*[+-]?(0x[\da-f]+|\d+)$/i.test(text) ? Number(text) : Number.NaN);

const count: Change = (text) => {
  const value = /^\s*[+-]?\d+/.test(text) ? Number.parseInt(text, 10) : 0;
  return value > 0 ? ok({ count: value }) : fail(`invalid packet count ${text}`);
};

const direction: Change = (text) => {
  const word = text.toLowerCase();
  return word === 'in' || word === 'out' || word === 'inout'
    ? ok({ direction: word })
    : fail(`unknown capture direction \`${text}'`);
};

const snapshot: Change = (text) => {
  const value = number(text);
  if (!(value >= 0 && value <= 262_144)) return fail(`invalid snaplen ${text} (must be >= 0 and <= 262144)`);
  return ok({ snapshot: value === 0 ? 262_144 : value });
};

const precision: Change = (text) =>
  text === 'nano' || text === 'micro' ? ok({ nano: text === 'nano' }) : fail('unsupported time stamp precision');

/** What has no effect on what is printed here: buffers, names of TCP ports, the optimiser. */
const IGNORED = 'a b f H j K l m M N O p S T u U W Y B immediate print E'.split(' ');

const CHANGES: Readonly<Record<string, Change>> = {
  ...Object.fromEntries(IGNORED.map((name) => [name, set({})])),
  '#': set({ numbered: true }),
  c: count,
  D: set({ list: true }),
  e: set({ link: true }),
  i: (device) => ok({ device }),
  micro: set({ nano: false }),
  n: set({ numeric: true }),
  nano: set({ nano: true }),
  precision,
  q: set({ quick: true }),
  Q: direction,
  s: snapshot,
  t: (_, so) => ok({ stamps: so.stamps + 1 }),
  v: set({ verbose: true }),
  Z: (user) => (user === 'root' ? ok({}) : fail(`Couldn't find user '${user.slice(0, 32)}'`)),
};

/** What tcpdump is asked to do, or what it says instead (tcpdump.c:main). */
export const readOptions = (args: readonly string[]): Result<TcpdumpOptions, Output> => {
  const { options, operands, fault } = getopt(LETTERS, args, LONGS);
  let so = DEFAULTS;
  for (const { name, value } of options) {
    if (name === 'h') return fail(printed(USAGE));
    if (name === 'version') return fail(printed(VERSION));
    const change = CHANGES[name];
    const written = name.length === 1 ? `-${name}` : `--${name}`;
    if (!change) return fail(failed(`hairpin: tcpdump ${written} is not modelled\n`, 1));
    const changed = change(value, so);
    if (!changed.ok) return fail(failed(`tcpdump: ${changed.error}\n`, 1));
    so = { ...so, ...changed.value };
  }
  if (fault !== undefined) return fail(failed(`tcpdump: ${fault}\n${USAGE}`, 1));
  if (so.stamps > 5) return fail(failed('tcpdump: only -t, -tt, -ttt, -tttt and -ttttt are supported\n', 1));
  return ok({ ...so, filter: operands.join(' ') });
};
