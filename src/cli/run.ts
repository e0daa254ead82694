import { type Command, InvalidArgumentError, Option } from 'commander';
import { KERNELS, type KernelVersion } from '../model/network.ts';
import { runLab } from '../shell/lab.ts';
import { exitCode } from './exit-code.ts';
import { readText } from './input.ts';
import { createProgress } from './progress.ts';
import { jsonReport, plainReport, type ReportFor, transcriptReport } from './run/reports.ts';
import { worldFor } from './world.ts';

type Flags = {
  readonly on?: string;
  readonly json?: boolean;
  readonly frames?: boolean;
  readonly transcript?: boolean;
  readonly why?: boolean;
  readonly kernel?: KernelVersion;
  readonly seed: number;
};

const EXAMPLES = `
Examples:
  hairpin run lab.sh                        run an ip/bridge/ping script on an empty machine
  hairpin run --why lab.sh                  and say why a ping went unanswered
  hairpin run --on world.yaml lab.sh        start from a world instead
  hairpin run --json --frames lab.sh        one JSON object a file, with what every tap saw

The exit code is that of the last script; with --json it is 0 whenever the scripts could be run.`;

export const define = (command: Command): void => {
  command
    .argument('<script...>', 'bash scripts, or - for standard input')
    .addOption(new Option('--on <model>', 'start from the world in this model file'))
    .addOption(new Option('--json', 'print one JSON object a file: every command with its exit code and output'))
    .addOption(new Option('--frames', 'with --json: what a tap on every device saw').implies({ json: true }))
    .addOption(new Option('--transcript', 'show each command at a prompt, and why a ping failed').conflicts('json'))
    .addOption(new Option('--why', 'say why a ping went unanswered'))
    .addOption(new Option('--kernel <version>', 'behave as this Linux').choices(KERNELS))
    .addOption(new Option('--seed <number>', 'what every random choice follows from').argParser(wholeNumber).default(1))
    .addHelpText('after', EXAMPLES)
    .action(async (files: readonly string[], flags: Flags) => {
      process.exitCode = await runAll(files, flags);
    });
};

const wholeNumber = (text: string): number => {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
};

const reportFor = ({ json, transcript }: Flags): ReportFor => {
  if (json) return jsonReport(process.stdout);
  return transcript ? transcriptReport(process.stdout) : plainReport(process.stdout, process.stderr);
};

const runAll = async (files: readonly string[], flags: Flags): Promise<number> => {
  const progress = createProgress(flags.json ? files.length : 1);
  const report = reportFor(flags);
  let exit: number = exitCode.ok;
  for (const [index, file] of files.entries()) {
    progress.at(index, file);
    const ran = await runOne(file, flags, report);
    if (ran.kind === 'unusable') {
      progress.end();
      process.stderr.write(`${ran.message}\n`);
      return exitCode.usage;
    }
    exit = ran.exit;
  }
  progress.end();
  return flags.json ? exitCode.ok : exit;
};

type Ran = { readonly kind: 'ran'; readonly exit: number } | { readonly kind: 'unusable'; readonly message: string };

const runOne = async (file: string, { on, kernel, ...flags }: Flags, report: ReportFor): Promise<Ran> => {
  const script = readText(file);
  if (!script.ok) return { kind: 'unusable', message: script.error };
  const world = await worldFor(on, script.value, kernel);
  if (!world.ok) return { kind: 'unusable', message: world.error };
  const { write, onCommand, end } = report(file, world.value);
  const { exit } = await runLab({
    name: file,
    text: script.value,
    world: world.value,
    seed: flags.seed,
    frames: flags.frames ?? false,
    why: (flags.why || flags.transcript) ?? false,
    write,
    ...(onCommand && { onCommand }),
  });
  end?.();
  return { kind: 'ran', exit };
};
