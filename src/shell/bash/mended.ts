import { isSignal } from './job-commands.ts';
import { aroundOf, type OwnCommand, type Process, type Shell, said } from './parts.ts';
import { shellQuoted } from './text.ts';
import { tee } from './writes.ts';

/** Commands the interpreter lacks, or has in a way that knows neither virtual time nor a kernel that refuses. */
export const mended = <C>(shell: Shell<C>, process: Process<C>): Readonly<Record<string, OwnCommand>> => ({
  /** The time is the simulator's, unless the script names one. */
  date: async (args, context) => {
    const now = (shell.options.epoch ?? 0) + Math.floor(shell.options.clock.now() / 1e9);
    const named = args.some((arg) => /^(-d|--date)/.test(arg));
    const result = await context.origCommand?.(named ? [...args] : ['-d', `@${now}`, ...args]);
    return said(result?.stdout, result?.exitCode, result?.stderr);
  },
  tee: tee(process.fs),
  /** The interpreter's own sets a variable but does not export it. */
  env: async (args, context) => {
    const at = args.findIndex((arg) => !/^[A-Za-z_]\w*=/.test(arg));
    if (at < 0 || args[at]?.startsWith('-')) {
      const result = await context.origCommand?.([...args]);
      return said(result?.stdout, result?.exitCode, result?.stderr);
    }
    const around = aroundOf(context);
    const set = args.slice(0, at).map((arg) => [arg.slice(0, arg.indexOf('=')), arg.slice(arg.indexOf('=') + 1)]);
    return shell.run(process, args.slice(at), { ...around, env: { ...around.env, ...Object.fromEntries(set) } });
  },
  trap: (args) => {
    const { traps } = shell;
    const words = args.filter((arg) => arg !== '-p' && arg !== '--');
    if (words.length === 0)
      return said([...traps].map(([on, text]) => `trap -- ${shellQuoted(text)} ${on}\n`).join(''));
    const [action = '', ...names] = words.length === 1 ? ['-', ...words] : words;
    const signals = names.map((name) => name.toUpperCase().replace(/^SIG/, '').replace(/^0$/, 'EXIT'));
    const unknown = signals.find((name) => !isSignal(name));
    if (unknown !== undefined) return said('', 1, `bash: trap: ${unknown}: not simulated\n`);
    for (const name of signals) action === '-' ? traps.delete(name) : traps.set(name, action);
    return said();
  },
});
