import type { Result } from '../../base/result.ts';
import type { Output } from '../command.ts';

/** Virtual time in nanoseconds, and the one way to move it: on until `done` holds, never past `deadline`. */
export type Clock = {
  readonly now: () => number;
  readonly runUntil: (done: () => boolean, deadline: number) => boolean;
};

export type Waited = 'done' | 'late' | 'interrupted';

/** What a command of ours is given besides its words. `C` says where it runs: machine and namespace. */
export type Io<C> = {
  readonly context: C;
  readonly env: ReadonlyMap<string, string>;
  readonly cwd: string;
  /** Everything on standard input. Asking for it takes it from who reads next, as `ssh` takes it from `while read`. */
  readonly stdin: () => string;
  readonly read: (path: string) => Promise<Result<string, string>>;
  readonly write: (path: string, text: string, append?: boolean) => Promise<Result<void, string>>;
  /** Runs a command line, which may be a shell or a script, in a context. */
  readonly run: (words: readonly string[], context: C, stdin?: string) => Promise<Output>;
  /** The same beside what runs here, so that it can be stopped. */
  readonly start: (words: readonly string[], context: C, stdin?: string) => Running;
  /** Lets virtual time pass, for background jobs too. A command that waits for nothing but this may be interrupted. */
  readonly wait: (done: () => boolean, deadline?: number) => Promise<Waited>;
  readonly interrupted: () => boolean;
  readonly now: () => number;
  /** Whether there is such a program at all. */
  readonly isCommand: (name: string) => boolean;
};

export type Running = {
  readonly result: Promise<Output>;
  readonly isOver: () => boolean;
  readonly stop: (signal: string) => void;
};

export type SimCommand<C> = (args: readonly string[], io: Io<C>) => Output | Promise<Output>;

/** Files that mirror the simulated kernel, as seen from a context. A failure is the words of strerror(3). */
export type VirtualFiles<C> = {
  /** Directories that hold nothing else, as `/proc/sys`. */
  readonly roots: readonly string[];
  readonly read: (context: C, path: string) => string | undefined;
  readonly list: (context: C, path: string) => readonly string[] | undefined;
  readonly write: (context: C, path: string, text: string) => Result<void, string>;
};

export type CommandRecord = {
  /** The line of the script, from 1. */
  readonly line: number;
  /** As written where it stands alone on its line; otherwise its words, expanded. */
  readonly command: string;
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
  /** One of ours, not a builtin or a pipeline. */
  readonly simulated: boolean;
  /** Its output went to a pipe, a substitution or a function and is part of a record that follows. */
  readonly nested: boolean;
};

export type Stream = 'stdout' | 'stderr';

export type Limits = {
  readonly commands: number;
  readonly iterations: number;
  readonly callDepth: number;
  readonly outputBytes: number;
  /** Virtual nanoseconds a script waits for what may never come before it is interrupted. */
  readonly patience: number;
};

export const defaultLimits: Limits = {
  commands: 20_000,
  iterations: 10_000,
  callDepth: 100,
  outputBytes: 64 * 1024 * 1024,
  patience: 3600e9,
};

export type ShellOptions<C> = {
  /** What errors begin with: `$0`. */
  readonly name: string;
  readonly context: C;
  readonly clock: Clock;
  readonly commands: ReadonlyMap<string, SimCommand<C>>;
  readonly files?: VirtualFiles<C>;
  /** Ordinary files that are there at the start. */
  readonly disk?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Seeds `$RANDOM`. */
  readonly seed?: number;
  /** What `date` says at virtual time 0, in seconds since 1970. */
  readonly epoch?: number;
  readonly output: { readonly write: (stream: Stream, text: string) => void };
  readonly onCommand?: (record: CommandRecord) => void;
  readonly limits?: Partial<Limits>;
};
