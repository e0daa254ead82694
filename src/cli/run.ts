import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Command } from 'commander';
import { KERNELS, type KernelVersion } from '../model/network.ts';
import { emptyWorld, type LabRecord, runLab } from '../shell/lab.ts';
import { exitCode } from './exit-code.ts';

type Flags = {
  readonly on?: string;
  readonly json?: boolean;
  readonly frames?: boolean;
  readonly kernel?: KernelVersion;
  readonly seed?: number;
};

const runJson = async (file: string, flags: Flags): Promise<number> => {
  const text = readFileSync(file, 'utf8');
  const commands: object[] = [];
  const note = ({ line, command, exit, stdout, stderr, frames }: LabRecord): void => {
    commands.push({ line, command, exit, stdout, stderr, ...(frames ? { frames } : {}) });
  };
  const { exit } = await runLab({
    name: file,
    text,
    world: emptyWorld(text, flags.kernel),
    frames: flags.frames ?? false,
    write: () => {},
    onCommand: note,
  });
  process.stdout.write(`${JSON.stringify({ lab: basename(file), commands })}\n`);
  return exit;
};

export const define = (command: Command): void => {
  command
    .argument('<script...>', 'scripts to run')
    .option('--json')
    .option('--frames')
    .option('--kernel <version>')
    .action(async (files: readonly string[], flags: Flags) => {
      for (const file of files) process.exitCode = await runJson(file, flags);
      process.exitCode = exitCode.ok;
    });
};
void KERNELS;
