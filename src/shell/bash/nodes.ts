import type { CommandNode, PipelineNode, ScriptNode, SimpleCommandNode, StatementNode, WordNode } from 'just-bash';

/** Our own commands between the lines of a script. No script calls them: the name cannot be typed by accident. */
export const own = (name: string): string => `hairpin:${name}`;

export type Part = WordNode['parts'][number];
export type Redirection = SimpleCommandNode['redirections'][number];
export type FunctionNode = Extract<CommandNode, { type: 'FunctionDef' }>;

export const word = (...parts: readonly Part[]): WordNode => ({ type: 'Word', parts: [...parts] });
export const quoted = (value: string): WordNode => word({ type: 'SingleQuoted', value });

export const simple = (name: string, args: readonly WordNode[] = []): SimpleCommandNode => ({
  type: 'SimpleCommand',
  assignments: [],
  name: word({ type: 'Literal', value: name }),
  args: [...args],
  redirections: [],
});

export const pipeline = (...commands: readonly CommandNode[]): PipelineNode => ({
  type: 'Pipeline',
  commands: [...commands],
  negated: false,
});

export const statement = (...commands: readonly CommandNode[]): StatementNode => ({
  type: 'Statement',
  pipelines: [pipeline(...commands)],
  operators: [],
  background: false,
});

export const script = (statements: StatementNode[]): ScriptNode => ({ type: 'Script', statements });

export const group = (body: readonly StatementNode[], redirections: readonly Redirection[] = []): CommandNode => ({
  type: 'Group',
  body: [...body],
  redirections: [...redirections],
});

export const redirect = (fd: number, path: string): Redirection => ({
  type: 'Redirection',
  fd,
  operator: '>',
  target: quoted(path),
});

/** The text of a word that means itself; undefined where something is expanded. */
export const literal = (node: WordNode | null): string | undefined => {
  let text = '';
  for (const part of node?.parts ?? []) {
    const inner = part.type === 'DoubleQuoted' ? literal({ type: 'Word', parts: part.parts }) : textOf(part);
    if (inner === undefined) return undefined;
    text += inner;
  }
  return node === null ? undefined : text;
};

const textOf = (part: Part): string | undefined =>
  part.type === 'Literal' || part.type === 'SingleQuoted' || part.type === 'Escaped' ? part.value : undefined;

/** The simple command a statement consists of, if it is nothing else. */
export const lone = (node: StatementNode): CommandNode | undefined => {
  const [only, ...more] = node.pipelines;
  if (only === undefined || more.length > 0 || node.background || only.negated || only.commands.length !== 1) return;
  return only.commands[0];
};

/** Wherever it stands in it, the first line of a node. */
export const lineOf = (node: unknown): number | undefined => {
  if (typeof node !== 'object' || node === null) return undefined;
  if ('line' in node && typeof node.line === 'number' && node.line > 0) return node.line;
  for (const value of Object.values(node)) {
    const line = lineOf(value);
    if (line !== undefined) return line;
  }
  return undefined;
};
