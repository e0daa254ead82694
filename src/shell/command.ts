import type { Result } from '../base/result.ts';
import type { Time } from '../engine/event.ts';
import type { Simulation } from '../engine/simulation.ts';
import type { Place } from '../model/network.ts';

/** Where a shell's commands run: a machine and one of its namespaces. */
export type Context = { readonly place: Place };

/** What a command leaves behind when it is over. */
export type Output = { readonly stdout: string; readonly stderr: string; readonly exit: number };

/** What a command may read by name; a failure is the words of strerror(3). */
export type ReadableFiles = { readonly read: (path: string) => Promise<Result<string, string>> };

/** Runs another command line somewhere else: `ip netns exec`, `sudo`, `ssh`. */
export type Run = (words: readonly string[], place: Place) => Promise<Output>;

export type Waited = 'done' | 'late' | 'interrupted';
export type Wait = (done: () => boolean, deadline?: Time) => Promise<Waited>;

export type Invocation = {
  /** The words behind the command's name. */
  readonly args: readonly string[];
  readonly stdin: string;
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
