import type { Output, Wait } from './command.ts';

/** A program that is at work while virtual time passes: only what the simulation calls moves it on. */
export type Process = {
  readonly done: () => boolean;
  /** Ctrl-C. */
  readonly interrupt: () => void;
  /** What it has said, and how it ended. */
  readonly output: () => Output;
};

/** Lets a program work until it is over, or until somebody interrupts it. */
export const runProcess = async (process: Process, wait: Wait): Promise<Output> => {
  if (!process.done()) await wait(process.done);
  if (!process.done()) process.interrupt();
  return process.output();
};
