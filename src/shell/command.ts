import type { Result } from '../base/result.ts';
import type { Time } from '../engine/event.ts';
import type { Simulation } from '../engine/simulation.ts';
import type { Place } from '../model/network.ts';

/** What a command leaves behind when it is over. */
export type Output = { readonly stdout: string; readonly stderr: string; readonly exit: number };

/** What a command may read by name; a failure is the words of strerror(3). */
type ReadableFiles = { readonly read: (path: string) => Promise<Result<string, string>> };

/** Runs another command line somewhere else: `ip netns exec`, `sudo`, `ssh`. */
type Run = (words: readonly string[], place: Place) => Promise<Output>;

type Waited = 'done' | 'late' | 'interrupted';
export type Wait = (done: () => boolean, deadline?: Time) => Promise<Waited>;

export type Invocation = {
  /** The words behind the command's name. */
  readonly args: readonly string[];
  readonly stdin: string;
  /** The machine and the namespace in which the command runs. */
  readonly place: Place;
  readonly simulation: Simulation;
  readonly files: ReadableFiles;
  readonly run: Run;
  /** Lets virtual time pass until `done` holds, for background jobs too; whoever waits by nothing else may be interrupted. */
  readonly wait: Wait;
};

export type SimulatedCommand = {
  readonly name: string;
  readonly run: (invocation: Invocation) => Output | Promise<Output>;
};

export const printed = (stdout: string): Output => ({ stdout, stderr: '', exit: 0 });
export const failed = (stderr: string, exit: number): Output => ({ stdout: '', stderr, exit });
