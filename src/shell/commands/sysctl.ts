import type { Invocation, Output, SimulatedCommand } from '../command.ts';
import type { View } from '../files/index.ts';
import { type CommandLine, type Options, readCommandLine } from './sysctl/options.ts';
import { and, complaint, NOTHING, parseLine, pathOf, type Report, readPath, writePath } from './sysctl/run.ts';
import { SYSCTL_USAGE } from './sysctl/usage.ts';

const invalid = (source: string, line: number): Report =>
  complaint(`${source}(${line}): invalid syntax, continuing...`);

const wordReport = (view: View, word: string, options: Options): Report => {
  if (!options.write && !word.includes('=')) {
    return word === '' ? { ...complaint('"" is an unknown key'), exit: 255 } : readPath(view, pathOf(word), options);
  }
  const line = parseLine(word);
  switch (line.kind) {
    case 'setting':
      return line.key === ''
        ? complaint('Path is not under /proc/sys/: /proc/sys/')
        : writePath(view, pathOf(line.key), line.value, options);
    case 'invalid':
      return invalid('command line', 0);
    case 'empty':
      return { ...NOTHING, exit: 1 };
  }
};

/** A file of settings: what cannot be read is said first, and the rest is then carried out. */
const fileReport = (view: View, name: string, text: string, options: Options): Report => {
  const lines = text.split('\n').map((line, index) => ({ number: index + 1, line: parseLine(line) }));
  const wrong = lines.filter(({ line }) => line.kind === 'invalid').map(({ number }) => invalid(name, number));
  const set = lines.map(({ line }) =>
    line.kind === 'setting' ? writePath(view, pathOf(line.key), line.value, options) : NOTHING,
  );
  return [...wrong, ...set].reduce(and, NOTHING);
};

const load = async ({ files, stdin }: Invocation, view: View, { options, words }: CommandLine): Promise<Report> => {
  const named = [...(options.loadFrom === undefined ? [] : [options.loadFrom]), ...words];
  let report = NOTHING;
  for (const name of named.length === 0 ? ['/etc/sysctl.conf'] : named) {
    const text = name === '-' ? { ok: true as const, value: stdin } : await files.read(name);
    const read = text.ok
      ? fileReport(view, name, text.value, options)
      : complaint(`cannot open "${name}": ${text.error}`);
    report = and(report, read);
  }
  return report;
};

/** A pattern that is none matches nothing. */
const patternOf = ({ pattern }: Options): RegExp | undefined => {
  if (pattern === undefined) return undefined;
  try {
    return new RegExp(pattern);
  } catch {
    return /(?!)/;
  }
};

const run = async (invocation: Invocation): Promise<Output> => {
  const { args, simulation, place } = invocation;
  if (args.length === 0) return { stdout: '', stderr: SYSCTL_USAGE, exit: 1 };
  const line = readCommandLine(args);
  if (!line.ok) return line.error;
  const view = { simulation, place };
  const { options, words } = line.value;
  if (options.all) return readPath(view, '/proc/sys', options, patternOf(options));
  if (options.load) return load(invocation, view, line.value);
  if (words.length === 0) {
    const { stderr, exit } = complaint('no variables specified');
    return { stdout: '', stderr: `${stderr}Try \`sysctl --help' for more information.\n`, exit };
  }
  return words.map((word) => wordReport(view, word, options)).reduce(and, NOTHING);
};

export const sysctl: SimulatedCommand = { name: 'sysctl', run };
