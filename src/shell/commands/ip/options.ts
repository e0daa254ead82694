import { fail, ok, type Result } from '../../../base/result.ts';
import type { Style } from '../../text/fields.ts';
import { own } from '../../text/own.ts';
import { ending, type Outcome, said, wrong } from './outcome.ts';
import { IP_USAGE } from './usage.ts';
import { exact, flag, option, type Reader, short, type Words } from './words.ts';

/** `bridge` and `mpls` are families that show nothing here. */
export type OptionFamily = 'any' | 4 | 6 | 'link' | 'bridge' | 'mpls';

/** What stands before the object: `ip -n sw -br -c address`. */
export type Options = Style & {
  readonly family: OptionFamily;
  readonly brief: boolean;
  readonly details: boolean;
  /** How often `-s` was said: twice shows more. */
  readonly stats: number;
  readonly human: boolean;
  readonly iec: boolean;
  readonly numeric: boolean;
  readonly all: boolean;
  readonly force: boolean;
  readonly loops: number;
  readonly netns?: string;
  readonly batch?: string;
};

const NO_OPTIONS: Options = {
  json: false,
  pretty: false,
  oneline: false,
  color: false,
  family: 'any',
  brief: false,
  details: false,
  stats: 0,
  human: false,
  iec: false,
  numeric: false,
  all: false,
  force: false,
  loops: 10,
};

const VERSION = 'ip utility, iproute2-6.1.0, libbpf 1.1.2\n';

const FAMILIES: Readonly<Record<string, OptionFamily>> = {
  inet: 4,
  inet6: 6,
  link: 'link',
  mpls: 'mpls',
  bridge: 'bridge',
};

const readFamily = (name: string): Result<Partial<Options>, Outcome> => {
  const family = own(FAMILIES, name);
  if (name === 'help') return fail(ending(IP_USAGE));
  return family === undefined ? fail(wrong(name, 'invalid protocol family')) : ok({ family });
};

/** `-c`, `-color`, `-color=always`; a pipe is no terminal, so `auto` shows none (lib/color.c:matches_color). */
const isColor = (word: string): boolean => {
  const [name = '', when = 'always', ...more] = word.split('=');
  return more.length === 0 && short('-color')(name) && exact('always', 'auto', 'never', '')(when);
};
const COLOR: Reader<Options> = {
  matches: isColor,
  read: (_words, _state, word) => ok({ color: !/=(auto|never)$/.test(word) }),
};

const stopsWith = (matches: Reader<Options>['matches'], outcome: Outcome): Reader<Options> => ({
  matches,
  read: () => fail(outcome),
});

/** The usage text where the argument is missing, as main() has it for most. */
const needing = (matches: Reader<Options>['matches'], read: (text: string) => Result<Partial<Options>, Outcome>) => {
  const reader = option<Options>(matches, read);
  const guarded: Reader<Options> = {
    matches,
    read: (words, state, word) =>
      words.peek() === undefined ? fail(ending(IP_USAGE)) : reader.read(words, state, word),
  };
  return guarded;
};

// In the order of ip.c:main, for the order decides what `-n` or `-s` stands for.
const READERS: readonly Reader<Options>[] = [
  needing(short('-loops'), (text) => ok({ loops: Number.parseInt(text, 10) || 0 })),
  needing(short('-family'), readFamily),
  flag(exact('-4'), { family: 4 }),
  flag(exact('-6'), { family: 6 }),
  flag(exact('-0'), { family: 'link' }),
  flag(exact('-M'), { family: 'mpls' }),
  flag(exact('-B'), { family: 'bridge' }),
  flag(short('-human', '-human-readable'), { human: true }),
  flag(short('-iec'), { iec: true }),
  { matches: short('-stats', '-statistics'), read: (_words, state) => ok({ stats: state.stats + 1 }) },
  flag(short('-details'), { details: true }),
  flag(short('-resolve'), {}),
  flag(short('-oneline'), { oneline: true }),
  flag(short('-timestamp', '-tshort'), {}),
  stopsWith(short('-Version'), { ...said(VERSION), ends: true }),
  flag(short('-force'), { force: true }),
  needing(short('-batch'), (batch) => ok({ batch })),
  flag(short('-brief'), { brief: true }),
  flag(short('-json'), { json: true }),
  flag(short('-pretty'), { pretty: true }),
  needing(short('-rcvbuf'), (size) => (/^\d+$/.test(size) ? ok({}) : fail(ending(`Invalid rcvbuf size '${size}'\n`)))),
  COLOR,
  stopsWith(short('-help'), ending(IP_USAGE)),
  // Without a name, what C prints of no string at all.
  { matches: short('-netns'), read: (words) => ok({ netns: words.next() ?? '(null)' }) },
  flag(short('-Numeric'), { numeric: true }),
  flag(short('-all'), { all: true }),
  flag(exact('-echo'), {}),
];

/** Reads the options and leaves the words at the object. */
export const readOptions = (words: Words): Result<Options, Outcome> => {
  let options = NO_OPTIONS;
  for (let word = words.peek(); word?.startsWith('-'); word = words.peek()) {
    words.next();
    if (word === '--') break;
    // Two dashes do as well as one.
    const spelled = word.startsWith('--') ? word.slice(1) : word;
    const reader = READERS.find(({ matches }) => matches(spelled));
    if (!reader) return fail(ending(`Option "${spelled}" is unknown, try "ip -help".\n`));
    const patch = reader.read(words, options, spelled);
    if (!patch.ok) return patch;
    options = { ...options, ...patch.value };
  }
  return ok(options.json ? { ...options, color: false } : options);
};
