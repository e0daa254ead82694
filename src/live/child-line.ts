import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';

const ENVIRONMENT = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', HOME: '/', LANG: 'C', LC_ALL: 'C' };

/** A process that the kernel kills when we die, however we die (prctl(2), PR_SET_PDEATHSIG). */
export const spawnMortal = (
  argv: readonly string[],
  pipes: number,
  env: Readonly<Record<string, string>> = {},
): ChildProcess =>
  spawn('setpriv', ['--pdeathsig', 'KILL', '--', ...argv], {
    env: { ...ENVIRONMENT, ...env },
    // A group of its own: Ctrl-C at the terminal is ours to answer.
    detached: true,
    stdio: Array.from({ length: pipes }, () => 'pipe' as const),
  });

/** Settles when the process is over and says why, with the last that it wrote to standard error. */
export const endOf = (child: ChildProcess): Promise<string> => {
  let complaint = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    complaint = `${complaint}${text}`.slice(-2000);
  });
  return new Promise((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code, signal) => resolve(complaint.trim() || `it ended with ${signal ?? code}`));
  });
};

/** Text to a program and from it; one listener at a time, and nothing is kept for the next. */
export type Pipes = {
  readonly send: (text: string) => void;
  readonly listen: (onText: (text: string) => void) => void;
};

export const pipesOver = (input: Writable, output: Readable): Pipes => {
  let listener: (text: string) => void = () => {};
  input.on('error', () => {});
  output.on('error', () => {});
  output.setEncoding('latin1').on('data', (text: string) => listener(text));
  return {
    send: (text) => void input.write(text),
    listen: (onText) => {
      listener = onText;
    },
  };
};
