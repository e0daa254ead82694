import type { ScriptNode } from 'just-bash';
import { syntaxError } from './errors.ts';
import type { Flow } from './flows.ts';
import type { Process, Shell } from './parts.ts';
import { createShell } from './shell.ts';
import type { ShellOptions } from './types.ts';

export type ScriptOptions<C> = ShellOptions<C> & { readonly text: string };

/** Runs a script from its first line to its last. Whatever it says, the answer is an exit code. */
export const runScript = async <C>(options: ScriptOptions<C>): Promise<{ readonly exit: number }> => {
  const shell = createShell<C>(options);
  const flow: Flow = {};
  const process = shell.spawn(options.context, flow);
  shell.flows.enter();
  const exit = await runText(shell, process, options.text.replaceAll('\0', ''));
  await finishShell(shell, process, exit);
  return { exit };
};

/** Bash reads a script as it goes: what stands before a syntax error is executed. */
const runText = async <C>(shell: Shell<C>, process: Process<C>, text: string): Promise<number> => {
  const { exit, refused } = await process.execute(text, process.keeper.outer);
  if (refused === undefined) return exit;
  const { name, output } = shell.options;
  const { line, stderr } = syntaxError(name, text, refused);
  const lines = text.split('\n').slice(0, line - 1);
  for (let count = lines.length; count > Math.max(0, lines.length - 200); count -= 1) {
    const part = lines.slice(0, count).join('\n');
    if ((await process.execute(part, process.keeper.outer)).refused === undefined) break;
  }
  output.write('stderr', stderr);
  return 2;
};

/** What `trap … EXIT` asked for, and the end of whatever still runs in the background. */
export const finishShell = async <C>(shell: Shell<C>, process: Process<C>, exit: number): Promise<void> => {
  const last = shell.traps.get('EXIT');
  shell.traps.clear();
  const toTree = (parsed: ScriptNode) => process.keeper.withFunctions(parsed, exit);
  if (last !== undefined) await process.execute(last, toTree, process.memory.variables);
  for (const job of shell.jobs.all()) {
    job.stop('HUP');
    await job.result;
  }
};
