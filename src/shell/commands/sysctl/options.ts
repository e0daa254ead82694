import { fail, ok, type Result } from '../../../base/result.ts';
import type { Output } from '../../command.ts';
import { SYSCTL_USAGE } from './usage.ts';

export type Options = {
  readonly all: boolean;
  readonly write: boolean;
  readonly quiet: boolean;
  /** Unknown keys are passed over in silence. */
  readonly ignore: boolean;
  readonly show: 'both' | 'values' | 'names' | 'bare values';
  readonly dryRun: boolean;
  readonly pattern?: string;
  readonly load: boolean;
  readonly loadFrom?: string;
};
export type CommandLine = { readonly options: Options; readonly words: readonly string[] };

const NO_OPTIONS: Options = {
  all: false,
  write: false,
  quiet: false,
  ignore: false,
  show: 'both',
  dryRun: false,
  load: false,
};

const help: Output = { stdout: SYSCTL_USAGE, stderr: '', exit: 0 };
const misused = (what: string): Output => ({ ...help, stderr: `sysctl: ${what}\n` });
const VERSION: Output = { ...help, stdout: 'sysctl from procps-ng 4.0.2\n' };
const SYSTEM: Output = { stdout: '', stderr: 'hairpin: "sysctl --system" is not modelled\n', exit: 2 };

type Option = {
  readonly short?: string;
  readonly long?: string;
  readonly takes?: 'word' | 'maybe';
  readonly means: (text: string | undefined) => Partial<Options> | Output;
};
const OPTIONS: readonly Option[] = [
  { short: 'aAX', long: 'all', means: () => ({ all: true }) },
  { long: 'deprecated', means: () => ({}) },
  { long: 'dry-run', means: () => ({ dryRun: true }) },
  { short: 'b', long: 'binary', means: () => ({ show: 'bare values' }) },
  { short: 'e', long: 'ignore', means: () => ({ ignore: true }) },
  { short: 'N', long: 'names', means: () => ({ show: 'names' }) },
  { short: 'n', long: 'values', means: () => ({ show: 'values' }) },
  {
    short: 'pf',
    long: 'load',
    takes: 'maybe',
    means: (file) => ({ load: true, ...(file !== undefined && { loadFrom: file }) }),
  },
  { long: 'system', means: () => SYSTEM },
  { short: 'r', long: 'pattern', takes: 'word', means: (pattern = '') => ({ pattern }) },
  { short: 'q', long: 'quiet', means: () => ({ quiet: true }) },
  { short: 'w', long: 'write', means: () => ({ write: true }) },
  { short: 'ox', means: () => ({}) },
  { short: 'hd', long: 'help', means: () => help },
  { short: 'V', long: 'version', means: () => VERSION },
];

type Read = Result<Options, Output>;
const isOutput = (patch: Partial<Options> | Output): patch is Output => 'stdout' in patch;
const having = (options: Options, option: Option, text?: string): Read => {
  const patch = option.means(text);
  return isOutput(patch) ? fail(patch) : ok({ ...options, ...patch });
};

/** `--pattern=X`, `--pattern X`, and any beginning that fits only one (getopt_long). */
const readLong = (word: string, options: Options, next: () => string | undefined): Read => {
  const [name = '', text] = word.slice(2).split(/=(.*)/s);
  const exact = OPTIONS.filter(({ long }) => long === name);
  const fitting = exact.length > 0 ? exact : OPTIONS.filter(({ long }) => long?.startsWith(name));
  const [option] = fitting;
  if (!option) return fail(misused(`unrecognized option '${word.split('=')[0]}'`));
  if (fitting.length > 1) return fail(misused(`option '${word}' is ambiguous`));
  const value = text ?? (option.takes === 'word' ? next() : undefined);
  if (option.takes === 'word' && value === undefined)
    return fail(misused(`option '--${option.long}' requires an argument`));
  return having(options, option, value);
};

const readShort = (word: string, start: Options, next: () => string | undefined): Read => {
  let options = start;
  for (let at = 1; at < word.length; at++) {
    const letter = word[at] ?? '';
    const option = OPTIONS.find(({ short }) => short?.includes(letter));
    if (!option) return fail(misused(`invalid option -- '${letter}'`));
    const rest = word.slice(at + 1);
    const value =
      option.takes === undefined ? undefined : rest !== '' ? rest : option.takes === 'word' ? next() : undefined;
    if (option.takes === 'word' && value === undefined)
      return fail(misused(`option requires an argument -- '${letter}'`));
    const read = having(options, option, value);
    if (!read.ok) return read;
    options = read.value;
    if (value !== undefined) break;
  }
  return ok(options);
};

/** Options may stand anywhere before `--`, as getopt_long has it. */
export const readCommandLine = (args: readonly string[]): Result<CommandLine, Output> => {
  let options = NO_OPTIONS;
  const words: string[] = [];
  let at = 0;
  const next = (): string | undefined => args[at++];
  for (let word = next(); word !== undefined; word = next()) {
    if (word === '--') return ok({ options, words: [...words, ...args.slice(at)] });
    if (!word.startsWith('-') || word === '-') {
      words.push(word);
      continue;
    }
    const read = word.startsWith('--') ? readLong(word, options, next) : readShort(word, options, next);
    if (!read.ok) return read;
    options = read.value;
  }
  return ok({ options, words });
};
