import { fail, ok, type Result } from '../../../base/result.ts';
import {
  ending,
  exact,
  flag,
  type Outcome,
  option,
  type Reader,
  said,
  short,
  type Words,
} from '../../iproute/index.ts';
import type { Style } from '../../text/fields.ts';
import { BRIDGE_USAGE } from './usage.ts';

/** What stands before the object: `bridge -n sw -d link`. */
export type Options = Style & {
  readonly details: boolean;
  readonly stats: boolean;
  /** `-compressvlans`: neighbouring VLANs as a range. */
  readonly compress: boolean;
  readonly force: boolean;
  readonly netns?: string;
  readonly batch?: string;
};

const NO_OPTIONS: Options = {
  json: false,
  pretty: false,
  oneline: false,
  color: false,
  details: false,
  stats: false,
  compress: false,
  force: false,
};

/** `-c`, `-color`, `-color=always`; a pipe is no terminal, so `auto` shows none (lib/color.c:matches_color). */
const COLOR: Reader<Options> = {
  matches: (word) => short('-color')(word.split('=')[0] ?? '') && /^[^=]*(=(always|auto|never)?)?$/.test(word),
  read: (_words, _state, word) => ok({ color: !/=(auto|never)$/.test(word) }),
};

const stopsWith = (matches: Reader<Options>['matches'], outcome: Outcome): Reader<Options> => ({
  matches,
  read: () => fail(outcome),
});

// In the order of bridge.c:main, for the order decides what `-c` or `-s` stands for.
const READERS: readonly Reader<Options>[] = [
  stopsWith(short('-help'), ending(BRIDGE_USAGE)),
  stopsWith(short('-Version'), said('bridge utility, 6.1.0\n')),
  flag(short('-stats', '-statistics'), { stats: true }),
  flag(short('-details'), { details: true }),
  flag(short('-oneline'), { oneline: true }),
  flag(short('-timestamp'), {}),
  option(short('-family'), (name) => (/^inet6?$/.test(name) ? ok({}) : fail(ending(BRIDGE_USAGE)))),
  flag(exact('-4', '-6'), {}),
  { matches: short('-netns'), read: (words) => ok({ netns: words.next() ?? '(null)' }) },
  COLOR,
  flag(short('-compressvlans'), { compress: true }),
  flag(short('-force'), { force: true }),
  flag(short('-json'), { json: true }),
  flag(short('-pretty'), { pretty: true }),
  option(short('-batch'), (batch) => ok({ batch })),
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
    if (!reader) return fail(ending(`Option "${spelled}" is unknown, try "bridge help".\n`));
    const patch = reader.read(words, options, spelled);
    if (!patch.ok) return patch;
    options = { ...options, ...patch.value };
  }
  return ok(options.json ? { ...options, color: false } : options);
};
