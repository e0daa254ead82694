import type { CommandNode, StatementNode } from 'just-bash';
import { group, lineOf, literal, lone, own, quoted, simple, statement } from './nodes.ts';
import { both, endOf, status, toTerminal } from './terminal.ts';

/** Something whose output goes to the terminal. `words` are there where nothing has to be expanded. */
export type Leaf = {
  readonly line: number;
  readonly text: string;
  readonly simulated: boolean;
  /** It stands alone in its line, so that its text is what the reader of the script sees there. */
  readonly alone: boolean;
};
export type Plain = Leaf & { readonly words: readonly string[] };

export type Instruments = {
  /** Is it a command of ours, and not a function of that name? */
  readonly isSimulated: (name: string) => boolean;
  readonly keepLeaf: (leaf: Leaf) => number;
  readonly keepRun: (commands: readonly Plain[]) => number;
};

/**
 * Makes a script tell what it does while it does it. The interpreter hands over a script's output when the script is
 * over; so each command that writes to the terminal is sent to a file of ours instead, and followed by
 * `hairpin:end`, which keeps `$?` and PIPESTATUS. Runs of commands of ours that need no expansion become one
 * `hairpin:run`: a lab is mostly that, and the interpreter needs ten times longer for each than the simulator.
 */
export const instrument = (statements: readonly StatementNode[], to: Instruments, alone = true): StatementNode[] => {
  const out: StatementNode[] = [];
  let plain: Plain[] = [];
  const flush = (): void => {
    if (plain.length > 0) out.push(statement(simple(own('run'), [quoted(String(to.keepRun(plain)))])));
    plain = [];
  };
  for (const [index, node] of statements.entries()) {
    if (redirectsShell(node)) {
      // From here on only the interpreter knows where output goes.
      flush();
      return [...out, ...statements.slice(index)];
    }
    const command = asPlain(node, to, alone);
    if (command !== undefined) {
      plain.push(command);
      continue;
    }
    flush();
    out.push(...instrumented(node, to, alone));
  }
  flush();
  return out;
};

/** `exec >log`, `exec 2>&1`. */
const redirectsShell = (node: StatementNode): boolean => {
  const command = lone(node);
  if (command?.type !== 'SimpleCommand' || literal(command.name) !== 'exec') return false;
  return command.args.length === 0 && command.redirections.length > 0;
};

const asPlain = (node: StatementNode, to: Instruments, alone: boolean): Plain | undefined => {
  const command = lone(node);
  if (command?.type !== 'SimpleCommand' || command.assignments.length + command.redirections.length > 0) return;
  const words: string[] = [];
  for (const each of [command.name, ...command.args]) {
    const text = literal(each);
    if (text === undefined) return undefined;
    words.push(text);
  }
  return to.isSimulated(words[0] ?? '') ? { ...leafOf(node, command, to, alone), words } : undefined;
};

const leafOf = (node: StatementNode, command: CommandNode | undefined, to: Instruments, alone: boolean): Leaf => ({
  line: lineOf(node) ?? 0,
  text: (node.sourceText ?? '').trim(),
  simulated: command?.type === 'SimpleCommand' && to.isSimulated(literal(command.name) ?? ''),
  alone,
});

/** They leave the list they stand in, or say nothing at all. */
const silent = /^(exit|return|break|continue|set|shift|:|true|false|hairpin:job)$/;

const instrumented = (node: StatementNode, to: Instruments, alone: boolean): StatementNode[] => {
  const command = lone(node);
  if (node.deferredError !== undefined || command?.type === 'FunctionDef') return [node];
  if (command !== undefined && descend(command, to)) return [node];
  const name = command?.type === 'SimpleCommand' ? literal(command.name) : undefined;
  if (silent.test(name ?? '')) return [node];
  const id = String(to.keepLeaf(leafOf(node, command, to, alone)));
  const end = endOf(id, command === undefined);
  // `exec COMMAND` is the last thing a shell does.
  const last = name === 'exec' && command?.type === 'SimpleCommand' && command.args.length > 0;
  const after = last ? [end, statement(simple('exit', [status]))] : [end];
  if (node.pipelines.length === 1) {
    const [only] = node.pipelines;
    return only === undefined ? [node] : [{ ...node, pipelines: [toTerminal(only, id)] }, ...after];
  }
  const whole = group([node], both(id));
  return [{ ...statement(whole), ...(node.sourceText === undefined ? {} : { sourceText: node.sourceText }) }, ...after];
};

/** What goes to the terminal one by one inside of `if`, loops and groups. */
const descend = (node: CommandNode, to: Instruments): boolean => {
  if (!('redirections' in node) || node.redirections.length > 0) return false;
  switch (node.type) {
    case 'If':
      for (const clause of node.clauses) {
        clause.condition = instrument(clause.condition, to, false);
        clause.body = instrument(clause.body, to, false);
      }
      node.elseBody &&= instrument(node.elseBody, to, false);
      return true;
    case 'While':
    case 'Until':
      node.condition = instrument(node.condition, to, false);
      node.body = instrument(node.body, to, false);
      return true;
    case 'For':
    case 'CStyleFor':
    case 'Group':
    case 'Subshell':
      node.body = instrument(node.body, to, false);
      return true;
    case 'Case':
      for (const item of node.items) item.body = instrument(item.body, to, false);
      return true;
    case 'ArithmeticCommand':
    case 'ConditionalCommand':
      return true;
    default:
      return false;
  }
};
