import type { CommandNode, PipelineNode, SimpleCommandNode, StatementNode } from 'just-bash';
import { group, literal, own, pipeline, quoted, type Redirection, redirect, simple, statement, word } from './nodes.ts';

/** The directory whose files are the terminal, one pair for each leaf. */
export const terminal = '/dev/hairpin';

const parameter = (name: string) => ({ type: 'ParameterExpansion' as const, parameter: name, operation: null });

/** `$?` */
export const status = word(parameter('?'));

const stdout = (id: string): Redirection => redirect(1, `${terminal}/${id}/1`);
const stderr = (id: string): Redirection => redirect(2, `${terminal}/${id}/2`);
export const both = (id: string): Redirection[] => [stdout(id), stderr(id)];

/** `hairpin:end ID $? "${PIPESTATUS[@]}"` */
const end = (id: string) =>
  simple(own('end'), [quoted(id), status, word({ type: 'DoubleQuoted', parts: [parameter('PIPESTATUS[@]')] })]);

/** Followed by something, lest `set -e` take the status it hands on for a failure of its own. */
export const endOf = (id: string, pipes: boolean): StatementNode => ({
  ...statement(),
  pipelines: [pipeline(end(id)), pipeline(pipes ? end('-') : simple(':', [quoted(own('nothing'))]))],
  operators: ['&&'],
});

/** The pipeline with what it would write to the terminal sent to a leaf's files. */
export const toTerminal = (node: PipelineNode, id: string): PipelineNode => {
  const commands = node.commands.map((command, index) => {
    if (node.pipeStderr?.[index]) return command;
    const redirections = index === node.commands.length - 1 ? both(id) : [stderr(id)];
    return isBare(command) ? redirected(command, redirections) : group([statement(command)], redirections);
  });
  return { ...node, commands };
};

/** In a group, an unset variable under `set -u` and the errors of a command's own redirections go different ways. */
const isBare = (command: CommandNode): command is SimpleCommandNode =>
  command.type === 'SimpleCommand' && literal(command.name) !== undefined && command.redirections.length === 0;

/** The same node: its line tells when it is executed, and a copy would not. */
const redirected = (node: SimpleCommandNode, redirections: Redirection[]): CommandNode =>
  Object.assign(node, { redirections });
