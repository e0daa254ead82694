import type { CommandNode, PipelineNode, ScriptNode, SimpleCommandNode, StatementNode, WordNode } from 'just-bash';
import {
  type FunctionNode,
  literal,
  own,
  pipeline,
  quoted,
  type Redirection,
  script,
  simple,
  statement,
  word,
} from './nodes.ts';

export type JobBody = { readonly text: string; readonly body: StatementNode };

export type Rewriting = {
  /** Is told each line as it is executed. */
  readonly onLine?: (line: number) => void;
  /** Keeps what was sent to the background; answers the number by which `hairpin:job` finds it. */
  readonly keepJob: (job: JobBody) => number;
  readonly keepFunction: (node: FunctionNode) => void;
};

type Visited = { type?: unknown; [key: string]: unknown };

/**
 * Has the interpreter come to us for what it does otherwise than bash: background jobs and `wait`, chance and clocks,
 * writing under /proc and /sys. The tree is the parser's own and nobody else's yet, so it is changed in place.
 */
export const rewrite = (ast: ScriptNode, to: Rewriting): void => visit(ast, to);

const visit = (node: unknown, to: Rewriting): void => {
  if (typeof node !== 'object' || node === null) return;
  const visited = node as Visited;
  for (const value of Object.values(visited)) visit(value, to);
  if (visited.type === 'SimpleCommand') simpleCommand(node as SimpleCommandNode, to);
  else if (visited.type === 'Pipeline') kernelWrites(node as PipelineNode);
  else if (visited.type === 'Statement') background(node as StatementNode, to);
  else if (visited.type === 'ParameterExpansion') parameter(visited);
  else if (visited.type === 'ArithVariable') arithmetic(visited);
  else if (visited.type === 'FunctionDef') to.keepFunction(node as FunctionNode);
};

/** `x=1` leaves `$?` as it was, here but not in bash; with a substitution that succeeds behind it, it does not. */
const settleStatus = (node: SimpleCommandNode): void => {
  if (node.name !== null || node.assignments.length === 0 || contains(node.assignments, 'CommandSubstitution')) return;
  const value = word({
    type: 'CommandSubstitution',
    body: script([statement(simple(':', [quoted(own('nothing'))]))]),
    legacy: false,
  });
  node.assignments.push({ type: 'Assignment', name: 'HAIRPIN_STATUS', value, append: false, array: null });
};

const contains = (node: unknown, type: string): boolean => {
  if (typeof node !== 'object' || node === null) return false;
  return ('type' in node && node.type === type) || Object.values(node).some((value) => contains(value, type));
};

const simpleCommand = (node: SimpleCommandNode, to: Rewriting): void => {
  settleStatus(node);
  const name = literal(node.name);
  const bare = name?.match(/^\/(?:usr\/)?s?bin\/([\w.-]+)$/)?.[1] ?? name;
  if (bare === 'wait') node.name = simple(own('wait')).name;
  else if (bare !== undefined && bare !== name) node.name = simple(bare).name;
  const { line } = node;
  const { onLine } = to;
  if (line === undefined || onLine === undefined) return;
  // The interpreter reads a command's line as it comes to execute it.
  Object.defineProperty(node, 'line', {
    enumerable: true,
    get: () => {
      onLine(line);
      return line;
    },
  });
};

const clocks: Readonly<Record<string, string>> = { RANDOM: 'random', SECONDS: 'seconds', EPOCHSECONDS: 'epoch' };

const parameter = (part: Visited): void => {
  const name = String(part['parameter']);
  if (name === '!') part['parameter'] = 'HAIRPIN_JOB';
  const command = Object.hasOwn(clocks, name) ? clocks[name] : undefined;
  if (command === undefined) return;
  Object.assign(part, { type: 'CommandSubstitution', body: script([statement(simple(own(command)))]), legacy: false });
};

const arithmetic = (node: Visited): void => {
  const name = String(node['name']);
  const command = Object.hasOwn(clocks, name) ? clocks[name] : undefined;
  if (command !== undefined) Object.assign(node, { type: 'ArithCommandSubst', command: own(command) });
};

const background = (node: StatementNode, to: Rewriting): void => {
  if (!node.background) return;
  const { pipelines, operators, sourceText } = node;
  const text = (sourceText ?? '').replace(/\s*&\s*$/, '');
  const id = to.keepJob({
    text,
    body: { type: 'Statement', pipelines, operators, background: false, sourceText: text },
  });
  node.pipelines = [pipeline(simple(own('job'), [quoted(String(id))]))];
  node.operators = [];
  node.background = false;
};

/** `echo 1 > /proc/…` becomes `echo 1 | hairpin:write /proc/…`: only a command can say what the kernel refused. */
const kernelWrites = (node: PipelineNode): void => {
  const last = node.commands.at(-1);
  const target = last && kernelTarget(last);
  if (last?.type !== 'SimpleCommand' || target === undefined) return;
  last.redirections = last.redirections.filter((redirection) => redirection !== target.redirection);
  const name = literal(last.name) ?? '';
  const append = target.redirection.operator === '>>' ? 'append' : 'truncate';
  node.commands.push(simple(own('write'), [quoted(name), quoted(append), target.word]));
  if (node.pipeStderr) node.pipeStderr.push(false);
};

const kernelTarget = (
  node: CommandNode,
): { readonly redirection: Redirection; readonly word: WordNode } | undefined => {
  if (node.type !== 'SimpleCommand' || !/^(echo|printf|cat)$/.test(literal(node.name) ?? '')) return;
  const outputs = node.redirections.filter(({ operator, fd }) => /^>/.test(operator) && (fd ?? 1) === 1);
  const [redirection, ...more] = outputs;
  if (redirection === undefined || more.length > 0 || redirection.target.type !== 'Word') return;
  const [first] = redirection.target.parts;
  const start = first?.type === 'DoubleQuoted' ? first.parts[0] : first;
  const kernel = start?.type === 'Literal' ? /^\/(proc|sys)\//.test(start.value) : start?.type === 'ParameterExpansion';
  return kernel && /^>>?$/.test(redirection.operator) ? { redirection, word: redirection.target } : undefined;
};
