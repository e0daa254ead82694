import type { Command, ResolvedCommandContext } from 'just-bash';
import { jobCommands, variables } from './job-commands.ts';
import { mended } from './mended.ts';
import { own } from './nodes.ts';
import { aroundOf, type OwnCommand, type Process, type Shell, said } from './parts.ts';
import { shellQuoted } from './text.ts';
import { kernelWrite } from './writes.ts';

/** Every command the interpreter finds with us: the simulated ones, those that mend it, and those between the lines. */
export const ownCommands = <C>(shell: Shell<C>, process: Process<C>): Command[] => [
  ...[...shell.options.commands.keys()].map((name) => asCommand(name, simulated(shell, process, name))),
  ...Object.entries(jobCommands(shell, process)).map(([name, run]) => asCommand(name, run)),
  ...Object.entries(mended(shell, process)).map(([name, run]) => asCommand(name, run)),
  ...Object.entries(clocks(shell)).map(([name, run]) => asCommand(own(name), run)),
  asCommand(own('prompt'), async (_, { env }) =>
    said('', await shell.prompt(Number(env.get('?') ?? 0), variables(env))),
  ),
  asCommand(own('run'), plainRun(shell, process)),
  asCommand(own('write'), kernelWrite(process.fs)),
  end(shell, process),
];

const asCommand = (name: string, run: OwnCommand): Command => ({
  name,
  execute: async (args, context) => {
    const { stdout, stderr, exit } = await run(args, context);
    return { stdout, stderr, exitCode: exit };
  },
});

const simulated =
  <C>(shell: Shell<C>, process: Process<C>, name: string): OwnCommand =>
  async (args, context) => {
    const { line } = shell.position;
    remember(shell, process, context);
    const output = await shell.invoke(process, [name, ...args], aroundOf(context));
    process.recorder.inside({ line, command: [name, ...args].join(' '), ...output, simulated: true, nested: true });
    return output;
  };

/** For the trap that may come: after the script, the interpreter has forgotten its variables. */
const remember = <C>(shell: Shell<C>, { memory }: Process<C>, { env }: ResolvedCommandContext): void => {
  if (shell.traps.has('EXIT')) memory.variables = variables(env);
};

/** A run of simulated commands whose words need no expansion, as long as `set -e` allows. */
const plainRun =
  <C>(shell: Shell<C>, process: Process<C>): OwnCommand =>
  async ([id], context) => {
    const { recorder, keeper } = process;
    const around = { ...aroundOf(context), stdin: () => '' };
    remember(shell, process, context);
    const options = context.env.get('SHELLOPTS')?.split(':') ?? [];
    let exit = 0;
    for (const { line, text, words, alone } of keeper.run(Number(id))) {
      shell.position.line = line;
      const trace = options.includes('xtrace') ? `+ ${words.map(shellQuoted).join(' ')}\n` : '';
      const output = await shell.invoke(process, words, around);
      exit = output.exit;
      const command = alone ? text : words.join(' ');
      recorder.whole({ line, command, ...output, simulated: true, nested: false }, trace);
      if (process.flow.stop !== undefined || (exit !== 0 && options.includes('errexit'))) break;
    }
    return said('', exit);
  };

/** After each command of the script: tells how it ended, and leaves `$?` and PIPESTATUS as they were. */
const end = <C>(shell: Shell<C>, process: Process<C>): Command => ({
  name: own('end'),
  execute: async ([id, status, ...statuses], context) => {
    remember(shell, process, context);
    if (id !== '-') process.recorder.end(Number(id), Number(status));
    if (process.flow.stop !== undefined) process.abort();
    return { stdout: '', stderr: '', exitCode: Number(status), internalPipeStatusOverride: statuses.map(Number) };
  },
});

const clocks = <C>({ options, random }: Shell<C>): Readonly<Record<string, OwnCommand>> => {
  const seconds = () => Math.floor(options.clock.now() / 1e9);
  return {
    random: () => said(`${random()}\n`),
    seconds: () => said(`${seconds()}\n`),
    epoch: () => said(`${(options.epoch ?? 0) + seconds()}\n`),
  };
};
