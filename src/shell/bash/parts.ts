import type { IFileSystem, InMemoryFs, ResolvedCommandContext, ScriptNode } from 'just-bash';
import type { Result } from '../../base/result.ts';
import type { Output } from '../command.ts';
import type { Flow, Flows } from './flows.ts';
import type { Plain } from './instrument.ts';
import type { Jobs } from './jobs.ts';
import type { FunctionNode } from './nodes.ts';
import type { Position, Recorder } from './recorder.ts';
import type { JobBody } from './rewrite.ts';
import { utf8Decoded } from './text.ts';
import type { Limits, ShellOptions } from './types.ts';

/** What the script, its jobs and the shells within it share. */
export type Shell<C> = {
  readonly options: ShellOptions<C>;
  readonly limits: Limits;
  readonly flows: Flows;
  readonly jobs: Jobs;
  readonly disk: InMemoryFs;
  readonly functions: Map<string, FunctionNode>;
  /** Signal, or EXIT, to the command line `trap` gave it. */
  readonly traps: Map<string, string>;
  readonly random: () => number;
  readonly position: Position;
  /** Called by `hairpin:prompt` with `$?`; the session waits here for a line. */
  readonly prompt: (status: number, variables: Env) => Promise<number>;
  /** A process of its own for a flow, in a context. */
  readonly spawn: (context: C, flow: Flow) => Process<C>;
  /** Runs a command line, whatever it is, and answers what it wrote. */
  readonly run: (process: Process<C>, words: readonly string[], around: Around) => Promise<Output>;
  readonly invoke: (process: Process<C>, words: readonly string[], around: Around) => Promise<Output>;
};

/** The surroundings of a command, where standard input is read only if somebody asks. */
export type Around = Omit<Surroundings, 'stdin'> & {
  readonly all: ReadonlyMap<string, string>;
  readonly stdin: () => string;
};

/** A flow in a context, with the interpreter and the files that belong to the two. */
export type Process<C> = {
  readonly context: C;
  readonly flow: Flow;
  readonly recorder: Recorder;
  readonly keeper: Keeper;
  readonly fs: IFileSystem;
  /** Runs a script whose output goes to the terminal as it comes. What the parser refuses does nothing at all. */
  readonly execute: (text: string, toTree: (parsed: ScriptNode) => ScriptNode, env?: Env) => Promise<Executed>;
  /** Runs a command line and answers what it wrote. */
  readonly capture: (words: readonly string[], surroundings: Surroundings) => Promise<Output>;
  readonly parse: (text: string) => Result<ScriptNode, string>;
  /** The variables as they were last, for what has to run when the script is over. */
  readonly memory: { variables: Env };
  readonly abort: () => void;
  /** The same flow somewhere else. */
  readonly at: (context: C) => Process<C>;
};

export type Executed = { readonly exit: number; readonly refused?: string };
export type Env = Readonly<Record<string, string>>;
type Surroundings = { readonly env: Env; readonly cwd: string; readonly stdin: string };

/** Prepares scripts for the interpreter and keeps what its commands will ask for by number. */
export type Keeper = {
  /** For the script itself, or a job: its output goes to the terminal. */
  readonly outer: (parsed: ScriptNode) => ScriptNode;
  /** For a shell within a command, whose output belongs to that command. */
  readonly inner: (parsed: ScriptNode) => ScriptNode;
  readonly run: (id: number) => readonly Plain[];
  readonly job: (id: number) => JobBody | undefined;
  /** Every function seen so far and one statement more: what a subshell of the script would know. */
  readonly withFunctions: (parsed: ScriptNode, status?: number) => ScriptNode;
};

export type OwnCommand = (args: readonly string[], context: ResolvedCommandContext) => Promise<Output> | Output;

export const said = (stdout = '', exit = 0, stderr = ''): Output => ({ stdout, stderr, exit });

export const aroundOf = (context: ResolvedCommandContext): Around => {
  const { cwd, env } = context;
  return { cwd, all: env, env: { ...context.exportedEnv }, stdin: () => utf8Decoded(String(context.stdin)) };
};
