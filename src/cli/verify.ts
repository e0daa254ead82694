import { type Command, InvalidArgumentError, Option } from 'commander';
import { ok, type Result } from '../base/result.ts';
import { BACKENDS, type BackendName } from '../live/backend.ts';
import type { Lab } from '../live/rehearse.ts';
import { capabilitiesText } from '../live/report/capabilities.ts';
import { verdictJson } from '../live/report/json.ts';
import { junitXml } from '../live/report/junit.ts';
import { verdictText } from '../live/report/text.ts';
import type { Progress, Verdict } from '../live/verify.ts';
import { verifyAll, withBackends } from '../live/verify-all.ts';
import { KERNELS, type KernelVersion } from '../model/network.ts';
import { exitCode } from './exit-code.ts';
import { readText } from './input.ts';
import { questionsFor } from './verify/questions.ts';
import { worldFor } from './world.ts';

type Flags = {
  readonly on?: BackendName;
  readonly world?: string;
  readonly frames?: boolean;
  readonly json?: boolean;
  readonly junit?: boolean;
  readonly capabilities?: boolean;
  readonly kernel?: KernelVersion;
  readonly jobs?: number;
  readonly timeout: number;
};

const EXAMPLES = `
Examples:
  hairpin verify lab.sh                      do it all on a real kernel, and compare with the prediction
  hairpin verify world.yaml                  build the world and have everyone ping everyone
  hairpin verify --frames lab.sh             and compare what every tap saw
  hairpin verify --on user-mode-linux lab.sh on a kernel of its own, with every kind of device
  hairpin verify --capabilities              what this machine's kernels can do

Only commands that the simulator understood are carried out, in namespaces of their own. Nothing is left behind.
It exits 0 where all agree, 1 where something differs, 3 where this machine cannot.`;

export const define = (command: Command): void => {
  command
    .argument('[file...]', 'bash scripts, model files (everyone then pings everyone), or - for standard input')
    .addOption(new Option('--on <backend>', 'the kernel to ask').choices(BACKENDS))
    .addOption(new Option('--world <model>', 'start from the world in this model file'))
    .addOption(new Option('--frames', 'compare what a tap on every device sees'))
    .addOption(new Option('--json', 'print one JSON object a file').conflicts('junit'))
    .addOption(new Option('--junit', 'print JUnit XML'))
    .addOption(new Option('--capabilities', 'say which device kinds each backend makes here'))
    .addOption(new Option('--kernel <version>', 'predict as this Linux, whichever is asked').choices(KERNELS))
    .addOption(new Option('--jobs <number>', 'labs at a time').argParser(positive))
    .addOption(new Option('--timeout <seconds>', 'the longest that a lab may take').argParser(positive).default(300))
    .addHelpText('after', EXAMPLES)
    .action(async (files: readonly string[], flags: Flags) => {
      process.exitCode = await run(files, flags);
    });
};

const positive = (text: string): number => {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('It must be a whole number above zero.');
  return Number(text);
};

const run = async (files: readonly string[], flags: Flags): Promise<number> => {
  const { signal, stop } = interruptible();
  try {
    if (flags.capabilities) return await showCapabilities(flags, signal);
    if (files.length === 0) return unusable('hairpin: name a script to verify.');
    const labs: Lab[] = [];
    for (const file of files) {
      const lab = await labOf(file, flags);
      if (!lab.ok) return unusable(lab.error);
      labs.push(lab.value);
    }
    return await verifyLabs(labs, flags, signal);
  } finally {
    stop();
  }
};

const unusable = (message: string): number => {
  process.stderr.write(`${message}\n`);
  return exitCode.usage;
};

const MODEL = /\.(ya?ml|json)$/i;

const labOf = async (file: string, { world: model, kernel }: Flags): Promise<Result<Lab, string>> => {
  if (MODEL.test(file)) return labOfModel(file, kernel);
  const text = readText(file);
  if (!text.ok) return text;
  const world = await worldFor(model, text.value, kernel);
  return world.ok ? ok({ name: file, text: text.value, world: world.value }) : world;
};

const labOfModel = async (file: string, kernel: KernelVersion | undefined): Promise<Result<Lab, string>> => {
  const world = await worldFor(file, '', kernel);
  if (!world.ok) return world;
  const { network, place } = world.value;
  return ok({ name: file, text: questionsFor(network, place.machine), world: world.value });
};

/** Ctrl-C ends the work in an orderly way; a second one ends us, and the kernel tidies up. */
const interruptible = () => {
  const controller = new AbortController();
  const interrupt = (): void => {
    if (controller.signal.aborted) process.exit(INTERRUPTED);
    controller.abort();
  };
  for (const name of SIGNALS) process.on(name, interrupt);
  const stop = (): void => {
    for (const name of SIGNALS) process.off(name, interrupt);
  };
  return { signal: controller.signal, stop };
};
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const INTERRUPTED = 130;

const verifyLabs = async (labs: readonly Lab[], flags: Flags, signal: AbortSignal): Promise<number> => {
  const line = statusLine(labs.length);
  const verdicts = await verifyAll(labs, {
    ...{ frames: flags.frames ?? false, limit: flags.timeout, signal },
    ...(flags.on && { on: flags.on }),
    ...(flags.kernel && { kernel: flags.kernel }),
    ...(flags.jobs && { jobs: flags.jobs }),
    onProgress: line.progress,
    onVerdict: (verdict) => {
      line.done();
      if (flags.json) process.stdout.write(`${JSON.stringify(verdictJson(verdict))}\n`);
      else if (!flags.junit) process.stdout.write(verdictText(verdict, process.stdout));
    },
  });
  line.end();
  if (flags.junit) process.stdout.write(junitXml(verdicts));
  return signal.aborted ? INTERRUPTED : exitOf(verdicts);
};

const exitOf = (verdicts: readonly Verdict[]): number => {
  const differs = verdicts.some(
    (each) => each.kind === 'compared' && each.comparisons.some((one) => one.differs.length),
  );
  if (differs) return exitCode.no;
  return verdicts.every(({ kind }) => kind === 'compared') ? exitCode.ok : exitCode.cannot;
};

/** One line on a terminal that says how far it is; nothing where standard error is no terminal. */
const statusLine = (total: number) => {
  const { stderr } = process;
  const clear = '\r\x1b[2K';
  let finished = 0;
  const clearLine = (): void => void (stderr.isTTY && stderr.write(clear));
  return {
    progress: ({ lab, done, total: steps, what }: Progress): void => {
      const text = `${finished}/${total} ${lab} ${done}/${steps} ${what}`;
      if (stderr.isTTY) stderr.write(clear + text.slice(0, (stderr.columns ?? 80) - 1));
    },
    done: (): void => {
      finished += 1;
      clearLine();
    },
    end: clearLine,
  };
};

const showCapabilities = (flags: Flags, signal: AbortSignal): Promise<number> =>
  withBackends(flags.on, signal, async (candidates) => {
    const found = await Promise.all(
      candidates.map(async ({ backend, look }) => ({ name: backend.name, can: await look() })),
    );
    for (const { name, can } of found)
      process.stdout.write(flags.json ? `${JSON.stringify({ backend: name, ...can })}\n` : capabilitiesText(name, can));
    return found.some(({ can }) => can.works) ? exitCode.ok : exitCode.cannot;
  });
