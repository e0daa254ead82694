import { getCommandNames } from 'just-bash/browser';
import { fail, ok } from '../../base/result.ts';
import type { Output } from '../command.ts';
import { createDisk, strerror } from './files.ts';
import { createFlows, type Flow } from './flows.ts';
import { createJobs } from './jobs.ts';
import type { Around, Process, Shell } from './parts.ts';
import { createProcess } from './process.ts';
import { createRandom } from './text.ts';
import { defaultLimits, type Io, type Running, type ShellOptions } from './types.ts';

const deepest = 40;
const builtins: ReadonlySet<string> = new Set(getCommandNames());

export const createShell = <C>(
  options: ShellOptions<C>,
  prompt: Shell<C>['prompt'] = async (exit) => exit,
): Shell<C> => {
  const limits = { ...defaultLimits, ...options.limits };
  const flows = createFlows(options.clock, limits.patience);
  let count = 0;
  let depth = 0;

  const refused = (why: string): Output => ({ stdout: '', stderr: `${options.name}: ${why}\n`, exit: 126 });

  const runWords = async (process: Process<C>, words: readonly string[], around: Around): Promise<Output> => {
    if (depth >= deepest) return refused(`too many commands within commands (${deepest})`);
    depth += 1;
    const simulated = options.commands.has(words[0] ?? '');
    const output = simulated
      ? await invoke(process, words, around)
      : await process.capture(words, { ...around, stdin: around.stdin() });
    depth -= 1;
    return output;
  };

  const startWords = (process: Process<C>, words: readonly string[], around: Around): Running => {
    const flow: Flow = { background: true };
    let over = false;
    flows.enter();
    const run = async (): Promise<Output> => {
      const output = await runWords(shell.spawn(process.context, flow), words, around);
      over = true;
      flows.leave();
      return output;
    };
    return { result: run(), isOver: () => over, stop: (signal) => flows.stop(flow, signal) };
  };

  const ioOf = (process: Process<C>, around: Around): Io<C> => {
    const path = (name: string) => process.fs.resolvePath(around.cwd, name);
    const within = (stdin = '') => ({ ...around, stdin: () => stdin });
    return {
      context: process.context,
      env: around.all,
      cwd: around.cwd,
      stdin: around.stdin,
      read: (name) => process.fs.readFile(path(name)).then(ok, (error) => fail(strerror(error))),
      write: (name, text, append = false) =>
        process.fs[append ? 'appendFile' : 'writeFile'](path(name), text).then(ok, (error) => fail(strerror(error))),
      run: (words, context, stdin) =>
        runWords(process.at(context), words, stdin === undefined ? around : within(stdin)),
      start: (words, context, stdin) => startWords(process.at(context), words, within(stdin)),
      wait: (done, deadline) => flows.wait(process.flow, done, deadline),
      isCommand: (name) => options.commands.has(name) || builtins.has(name),
      now: options.clock.now,
      interrupted: () => process.flow.stop !== undefined,
    };
  };

  const invoke = async (process: Process<C>, words: readonly string[], around: Around): Promise<Output> => {
    const [name = '', ...args] = words;
    const command = options.commands.get(name);
    if (process.flow.stop !== undefined) {
      process.abort();
      return { stdout: '', stderr: '', exit: 130 };
    }
    count += 1;
    if (count > limits.commands) return refused(`too many commands executed (>${limits.commands})`);
    if (command === undefined)
      return { stdout: '', stderr: `${options.name}: ${name}: command not found\n`, exit: 127 };
    return command(args, ioOf(process, around));
  };

  const shell: Shell<C> = {
    ...{ options, limits, flows, invoke, prompt, run: runWords },
    spawn: (context, flow) => createProcess(shell, context, flow),
    jobs: createJobs(),
    disk: createDisk(options.disk),
    functions: new Map(),
    traps: new Map(),
    position: { line: 0 },
    random: createRandom(options.seed ?? 1),
  };
  return shell;
};
