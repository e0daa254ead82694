import type { ScriptNode, StatementNode } from 'just-bash';
import { syntaxError } from './errors.ts';
import type { Flow } from './flows.ts';
import { own, script, simple, statement } from './nodes.ts';
import type { Process, Shell } from './parts.ts';
import { finishShell } from './script.ts';
import { createShell } from './shell.ts';
import type { ShellOptions } from './types.ts';

/** A shell that is given line after line and keeps its variables, functions and directory, as at a prompt. */
export type Session = {
  /** Answers when the line is done. `open` is false once the shell has left: `exit`, or a failure under `set -e`. */
  readonly run: (line: string) => Promise<{ readonly exit: number; readonly open: boolean }>;
  /** Whether more has to be typed before this can be run: an open quote, an `if` without `fi`. */
  readonly isIncomplete: (line: string) => boolean;
  /** Ctrl-C for what runs now. */
  readonly interrupt: () => void;
};

/** The interpreter counts the whole session as one script. A loop without end still ends by its own limit. */
const sessionCommands = 1_000_000;

const limited = 126;

/** At a prompt, errors name no line. */
const sessionOptions = <C>(options: ShellOptions<C>): ShellOptions<C> => ({
  ...options,
  limits: { ...options.limits, commands: sessionCommands },
  output: {
    write: (stream, text) =>
      options.output.write(stream, stream === 'stderr' ? text.replace(/^(\S+): line \d+: /gm, '$1: ') : text),
  },
});

type Prompt = { readonly give: (statements: readonly StatementNode[]) => void };
type Turn = { readonly done: (exit: number, open: boolean) => void };

/**
 * The interpreter forgets everything between two scripts. So a session is one script that never ends: its last command
 * waits for a line, and puts the statements of that line behind itself.
 */
export const createSession = <C>(options: ShellOptions<C>): Session => {
  let prompt: Prompt | undefined;
  let turn: Turn | undefined;
  let open = true;
  let greeted: () => void = () => {};
  const flow: Flow = {};

  let statements: StatementNode[] = [];
  const ask = (): void => void statements.push(statement(simple(own('prompt'))));
  const shell: Shell<C> = createShell(sessionOptions(options), async (status, variables) => {
    delete flow.stop;
    process.memory.variables = variables;
    turn?.done(status, true);
    shell.flows.leave();
    const lines = await new Promise<readonly StatementNode[]>((give) => {
      prompt = { give };
      greeted();
    });
    shell.flows.enter();
    // One by one: the interpreter is under way through this very list.
    for (const line of lines) statements.push(line);
    ask();
    return status;
  });
  const process: Process<C> = shell.spawn(options.context, flow);

  const begin = async (): Promise<void> => {
    shell.flows.enter();
    let exit = 0;
    do {
      statements = process.keeper.withFunctions(script([]), exit).statements;
      ask();
      ({ exit } = await process.execute(':', () => script(statements), process.memory.variables));
      // A limit ends the script, and with it all a shell remembers but what we kept. The prompt comes back.
    } while (exit === limited);
    open = false;
    await finishShell(shell, process, exit);
    turn?.done(exit, false);
  };
  const ready = new Promise<void>((resolve) => {
    greeted = resolve;
  });
  void begin();

  const give = (tree: ScriptNode): Promise<{ readonly exit: number; readonly open: boolean }> =>
    new Promise((resolve) => {
      turn = { done: (exit, stays) => resolve({ exit, open: stays }) };
      prompt?.give(tree.statements);
    });

  return {
    run: async (line) => {
      await ready;
      if (!open) return { exit: 1, open };
      const parsed = process.parse(line);
      if (parsed.ok) return give(parsed.value);
      options.output.write('stderr', syntaxError(options.name, line, parsed.error).stderr.replace(/: line \d+:/g, ':'));
      return { exit: 2, open };
    },
    isIncomplete: (line) => {
      const parsed = process.parse(line);
      return !parsed.ok && /unexpected EOF|got EOF/.test(parsed.error);
    },
    interrupt: () => shell.flows.stop(flow, 'INT'),
  };
};
