import { type Command, Option } from 'commander';
import { KERNELS, type KernelVersion } from '../model/network.ts';
import { differences } from '../predict/differences.ts';
import { type Matrix, predictMatrix } from '../predict/matrix.ts';
import { PROBES, type Probe } from '../predict/outcome.ts';
import { exitCode } from './exit-code.ts';
import { csvLines } from './predict/csv.ts';
import { differencesJson, differencesText } from './predict/differences.ts';
import { matrixJson } from './predict/json.ts';
import { markdownText } from './predict/markdown.ts';
import { networkIn } from './predict/network.ts';
import { tableText } from './predict/table.ts';
import { createProgress } from './progress.ts';

type Flags = {
  readonly probe: Probe;
  readonly on?: string;
  readonly kernel?: KernelVersion;
  readonly diff?: string;
  readonly json?: boolean;
  readonly csv?: boolean;
  readonly markdown?: boolean;
};

const EXAMPLES = `
Examples:
  hairpin predict world.yaml                 who reaches whom, and why not
  hairpin predict --on world.yaml lab.sh     after a script has configured that world
  hairpin predict --probe arp lab.sh         who resolves whom
  hairpin predict before.sh --diff after.sh  only what changes

Each pair is asked of a network whose caches are cold, so no answer depends on another.`;

export const define = (command: Command): void => {
  command
    .argument('<file>', 'a model, or a script that configures a network; - for standard input')
    .addOption(new Option('--probe <what>', 'what everybody tries on everybody').choices(PROBES).default('ping'))
    .addOption(new Option('--on <model>', 'start the script from the world in this model file'))
    .addOption(new Option('--diff <other>', 'show only what is different there').conflicts(['csv', 'markdown']))
    .addOption(new Option('--json', 'print JSON').conflicts(['csv', 'markdown']))
    .addOption(new Option('--csv', 'print a line for each pair').conflicts('markdown'))
    .addOption(new Option('--markdown', 'print a table for a page'))
    .addOption(new Option('--kernel <version>', 'behave as this Linux').choices(KERNELS))
    .addHelpText('after', EXAMPLES)
    .action(async (file: string, flags: Flags) => {
      process.exitCode = await run(file, flags);
    });
};

const run = async (file: string, flags: Flags): Promise<number> => {
  const matrix = await matrixIn(file, flags);
  const other = flags.diff === undefined || !matrix ? undefined : await matrixIn(flags.diff, flags);
  if (!matrix || (flags.diff !== undefined && !other)) return exitCode.usage;
  for (const text of other ? compared(matrix, other, flags) : shown(matrix, flags)) process.stdout.write(text);
  return exitCode.ok;
};

const matrixIn = async (file: string, { probe, ...options }: Flags): Promise<Matrix | undefined> => {
  const network = await networkIn(file, options);
  if (!network.ok) {
    process.stderr.write(`${network.error}\n`);
    return undefined;
  }
  let progress: ReturnType<typeof createProgress> | undefined;
  const matrix = predictMatrix(network.value, {
    probe,
    onProgress: (done, total) => {
      progress ??= createProgress(total);
      progress.at(done, 'kinds of pairs');
    },
  });
  progress?.end();
  return matrix;
};

const compared = (matrix: Matrix, other: Matrix, { json }: Flags): Iterable<string> => {
  const found = differences(matrix, other);
  return [json ? differencesJson(matrix, other, found) : differencesText(matrix, other, found)];
};

const shown = (matrix: Matrix, { json, csv, markdown }: Flags): Iterable<string> => {
  if (json) return [matrixJson(matrix)];
  if (csv) return csvLines(matrix);
  return [markdown ? markdownText(matrix) : tableText(matrix, process.stdout)];
};
