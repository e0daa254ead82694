import { fail, ok, type Result } from '../../../base/result.ts';
import { type Ip, parseIp, parseIpv4 } from '../../../model/ip.ts';
import { failed, type Output, printed } from '../../command.ts';
import { getopt } from '../../getopt.ts';
import { readWhole, VERSION } from '../../text/iputils.ts';
import { readSeconds, tosFault } from './numbers.ts';
import { USAGE } from './usage.ts';

type PathMtu = 'do' | 'want' | 'dont';

/** Times are milliseconds, as ping keeps them. */
export type PingOptions = {
  readonly family?: 4 | 6;
  readonly broadcast: boolean;
  /** 0: without end. */
  readonly count: number;
  /** Seconds; 0: none. */
  readonly deadline: number;
  readonly interval: number;
  readonly intervalGiven: boolean;
  readonly preload: number;
  readonly linger: number;
  /** Payload behind the ICMP header. */
  readonly bytes: number;
  readonly ttl?: number;
  readonly pathMtu?: PathMtu;
  readonly device?: string;
  readonly source?: Ip;
  readonly ident?: number;
  readonly pattern?: string;
  readonly flood: boolean;
  readonly quiet: boolean;
  readonly numeric: boolean;
  readonly outstanding: boolean;
  readonly adaptive: boolean;
  readonly audible: boolean;
  readonly timestamps: boolean;
  readonly verbose: boolean;
  /** Only to hosts on the link (SO_DONTROUTE). */
  readonly direct: boolean;
  /** What was said to stderr on the way. */
  readonly warnings: string;
};

const DEFAULTS: PingOptions = {
  ...{ broadcast: false, flood: false, quiet: false, numeric: false, outstanding: false, adaptive: false },
  ...{ audible: false, timestamps: false, verbose: false, direct: false },
  ...{ count: 0, deadline: 0, interval: 1000, intervalGiven: false, preload: 1, linger: 10_000, bytes: 56 },
  warnings: '',
};

const INT_MAX = 2 ** 31 - 1;

type Stop = { readonly exit: number; readonly stderr: string };
type Changed = Result<Partial<PingOptions>, Stop>;
type Change = (value: string, so: PingOptions) => Changed;

const stop = (exit: number, sentence: string): Changed => fail({ exit, stderr: `ping: ${sentence}\n` });
const usage: Changed = fail({ exit: 2, stderr: USAGE });
const set =
  (change: Partial<PingOptions>): Change =>
  () =>
    ok(change);

const whole =
  (least: number, most: number | bigint, change: (value: number) => Partial<PingOptions>): Change =>
  (text) => {
    const read = readWhole(text, least, most);
    return read.ok ? ok(change(read.value)) : stop(1, read.error);
  };

const family =
  (wanted: 4 | 6): Change =>
  (_, so) =>
    so.family === undefined || so.family === wanted
      ? ok({ family: wanted })
      : stop(2, 'only one -4 or -6 option may be specified');

const interval: Change = (text, so) => {
  const read = readSeconds(text, 'bad timing interval');
  if (!read.ok) return stop(2, read.error);
  const { value, warning } = read.value;
  if (value > INT_MAX / 1000) return stop(2, `bad timing interval: ${text}`);
  return ok({ interval: Math.trunc(value * 1000), intervalGiven: true, warnings: so.warnings + warning });
};

const linger: Change = (text, so) => {
  const read = readSeconds(text, 'bad linger time');
  if (!read.ok) return stop(2, read.error);
  const { value, warning } = read.value;
  if (value < 0 || value > INT_MAX / 1000) return stop(2, `bad linger time: ${text}`);
  return ok({ linger: Math.trunc(value * 1000), warnings: so.warnings + warning });
};

const from: Change = (text) => {
  const source = text.includes(':') ? parseIp(text.replace(/%.*/, '')) : parseIpv4(text);
  if (source.ok) return ok({ source: source.value });
  return text.includes(':') ? stop(2, `invalid source address: ${text}`) : ok({ device: text });
};

const pathMtu: Change = (text) =>
  text === 'do' || text === 'want' || text === 'dont' ? ok({ pathMtu: text }) : stop(2, `invalid -M argument: ${text}`);

const tos: Change = (text) => {
  const fault = tosFault(text);
  return fault === undefined ? ok({}) : stop(2, fault);
};

const ipOption = (option: string): Changed =>
  fail({ exit: 2, stderr: `hairpin: ping ${option} is not modelled: packets have no IP options\n` });

const timestampOption: Change = (text) =>
  /^(tsonly|tsandaddr|tsprespec)$/.test(text) ? ipOption('-T') : stop(2, `invalid timestamp type: ${text}`);

const CHANGES: Readonly<Record<string, Change>> = {
  '4': family(4),
  '6': family(6),
  a: set({ audible: true }),
  A: set({ adaptive: true }),
  b: set({ broadcast: true }),
  B: set({}),
  c: whole(1, 2n ** 63n - 1n, (count) => ({ count })),
  C: set({}),
  d: set({}),
  D: set({ timestamps: true }),
  e: whole(0, 65_535, (ident) => ({ ident })),
  f: set({ flood: true, numeric: true }),
  F: set({}),
  h: () => usage,
  '?': () => usage,
  i: interval,
  I: from,
  l: whole(1, 65_536, (preload) => ({ preload })),
  L: set({}),
  m: whole(0, 2 ** 32 - 1, () => ({})),
  M: pathMtu,
  n: set({ numeric: true }),
  N: () => fail({ exit: 2, stderr: 'hairpin: ping -N is not modelled: nobody answers node information queries\n' }),
  O: set({ outstanding: true }),
  p: (pattern) => ok({ pattern }),
  q: set({ quiet: true }),
  Q: tos,
  r: set({ direct: true }),
  R: () => ipOption('-R'),
  s: whole(0, INT_MAX, (bytes) => ({ bytes })),
  S: whole(1, INT_MAX, () => ({})),
  t: whole(0, 255, (ttl) => ({ ttl })),
  T: timestampOption,
  U: set({}),
  v: set({ verbose: true }),
  w: whole(0, INT_MAX, (deadline) => ({ deadline })),
  W: linger,
};

const LETTERS = 'h?4bRT:6F:N:aABc:CdDe:fi:I:l:Lm:M:nOp:qQ:rs:S:t:UvVw:W:';

export type Asked = { readonly options: PingOptions; readonly targets: readonly string[] };

/** What ping is asked to do, or what it says instead (ping.c:main). */
export const readOptions = (args: readonly string[]): Result<Asked, Output> => {
  const { options, operands, fault } = getopt(LETTERS, args);
  let so = DEFAULTS;
  for (const { name, value } of options) {
    if (name === 'V') return fail({ ...printed(VERSION('ping')), stderr: so.warnings });
    const changed = CHANGES[name]?.(value, so) ?? usage;
    if (!changed.ok) return fail(failed(so.warnings + changed.error.stderr, changed.error.exit));
    so = { ...so, ...changed.value };
  }
  if (fault !== undefined) return fail(failed(`${so.warnings}ping: ${fault}\n${USAGE}`, 2));
  if (operands.length > 0) return ok({ options: so, targets: operands });
  return fail(failed(`${so.warnings}ping: usage error: Destination address required\n`, 1));
};
