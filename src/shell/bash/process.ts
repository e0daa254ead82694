import type { CommandNode, ExecOptions, ScriptNode } from 'just-bash';
import { Bash } from 'just-bash/browser';
import { fail, ok } from '../../base/result.ts';
import { contextFiles } from './files.ts';
import type { Flow } from './flows.ts';
import { createKeeper } from './keeper.ts';
import { lineOf, quoted, script, simple, statement } from './nodes.ts';
import { ownCommands } from './own.ts';
import type { Process, Shell } from './parts.ts';
import { createRecorder } from './recorder.ts';

declare const AbortController: new () => { readonly signal: never; readonly abort: () => void };

/** The parser keeps some errors for the time when the interpreter comes to them; bash does not execute such a line. */
const deferred = (parsed: ScriptNode): string | undefined => {
  const bad = parsed.statements.find((each) => each.deferredError !== undefined);
  return bad && `Parse error at ${lineOf(bad) ?? 1}:1: ${bad.deferredError?.message}`;
};

export const createProcess = <C>(
  shell: Shell<C>,
  context: C,
  flow: Flow,
  family = new Map<C, Process<C>>(),
): Process<C> => {
  const known = family.get(context);
  if (known !== undefined) return known;
  const { options, limits } = shell;
  const recorder = createRecorder(options, shell.position);
  const keeper = createKeeper(shell, recorder);
  const fs = contextFiles(shell.disk, context, options.files, recorder);
  const controller = new AbortController();
  let replace: ((parsed: ScriptNode) => ScriptNode) | undefined;
  let made: Bash | undefined;

  const bash = (): Bash => {
    if (made !== undefined) return made;
    const cwd = options.cwd ?? '/root';
    made = new Bash({
      ...{ fs, cwd, env: { HOME: '/root', USER: 'root', ...options.env }, defenseInDepth: false },
      processInfo: { pid: 1000, ppid: 1, uid: 0, gid: 0 },
      executionLimits: {
        ...{ maxCommandCount: limits.commands, maxLoopIterations: limits.iterations, maxCallDepth: limits.callDepth },
        ...{ maxOutputSize: limits.outputBytes, maxExecutionTimeMs: Number.POSITIVE_INFINITY },
      },
      customCommands: ownCommands(shell, process),
    });
    made.registerTransformPlugin({
      name: 'hairpin',
      transform: ({ ast }) => {
        const change = replace ?? keeper.inner;
        replace = undefined;
        return { ast: change(ast) };
      },
    });
    return made;
  };

  /** What a file system throws at it, the interpreter throws at us. */
  const exec = (text: string, how: ExecOptions) =>
    bash()
      .exec(text, { rawScript: true, ...how })
      .catch((error: Error) => ({ stdout: '', stderr: `bash: ${error.message}\n`, exitCode: 1 }));

  const process: Process<C> = {
    ...{ context, flow, recorder, keeper, fs },
    execute: async (text, toTree, env) => {
      let refused: string | undefined;
      const change = (parsed: ScriptNode): ScriptNode => {
        refused = deferred(parsed);
        return refused === undefined ? toTree(parsed) : script([]);
      };
      replace = change;
      const { signal } = controller;
      const result = await exec(text, { signal, ...(env === undefined ? {} : { env: { ...env } }) });
      // The tree was never asked for.
      if (replace === change && text.trim() !== '') refused = result.stderr;
      replace = undefined;
      if (refused !== undefined) return { exit: 2, refused };
      recorder.finish(result.exitCode, result.stdout, result.stderr);
      return { exit: result.exitCode };
    },
    capture: async (words, { env, cwd, stdin }) => {
      const [name, ...args] = words.map(quoted);
      const exported = Object.keys(env).filter((each) => /^[A-Za-z_]\w*$/.test(each));
      const command: CommandNode = { ...simple('', args), name: name ?? null };
      replace = () => script([statement(simple('export', exported.map(quoted))), statement(command)]);
      const { stdout, stderr, exitCode } = await exec(':', { env: { ...env }, cwd, stdin });
      return { stdout, stderr, exit: exitCode };
    },
    parse: (text) => {
      replace = keeper.outer;
      try {
        return ok(bash().transform(text).ast);
      } catch (error) {
        return fail(error instanceof Error ? error.message : String(error));
      }
    },
    memory: { variables: {} },
    abort: () => {
      if (flow.background) controller.abort();
    },
    at: (elsewhere) => createProcess(shell, elsewhere, flow, family),
  };
  family.set(context, process);
  return process;
};
