import { readFileSync } from 'node:fs';
import type { Output } from '../../src/shell/command.ts';
import { emptyWorld, type LabRecord, runLab } from '../../src/shell/lab.ts';
import { normaliserFor, type RecordedLab } from './recorded-labs.ts';

export type Difference = {
  readonly line: number;
  readonly command: string;
  readonly got: Output;
  readonly wanted: Output;
};
export type Replay = { readonly right: number; readonly wrong: readonly Difference[] };

const FOLDER = new URL('../kernel/cli/', import.meta.url);
const NOT_RUN: Output = { stdout: '', stderr: 'not run', exit: -1 };

/** Where several commands stand on one line of a script, what they print together. */
const byLine = (records: readonly LabRecord[]): ReadonlyMap<number, Output> => {
  const lines = new Map<number, Output>();
  for (const { line, stdout, stderr, exit } of records) {
    const before = lines.get(line) ?? { stdout: '', stderr: '', exit: 0 };
    lines.set(line, { stdout: before.stdout + stdout, stderr: before.stderr + stderr, exit });
  }
  return lines;
};

/** Runs a recorded lab as a script, and compares what the commands print that `isOurs`. */
export const replayLab = async (lab: RecordedLab, isOurs: (command: string) => boolean): Promise<Replay> => {
  const text = readFileSync(new URL(lab.lab, FOLDER), 'utf8');
  const records: LabRecord[] = [];
  const onCommand = (record: LabRecord) => records.push(record);
  await runLab({ name: lab.lab, text, world: emptyWorld(text, '6.1'), write: () => {}, onCommand });
  const lines = byLine(records);
  const normalise = normaliserFor(lab);
  const clean = ({ stdout, stderr, exit }: Output): Output => ({
    stdout: normalise(stdout),
    stderr: normalise(stderr),
    exit,
  });
  const wrong: Difference[] = [];
  let right = 0;
  for (const { line, command, ...recorded } of lab.commands) {
    if (!isOurs(command)) continue;
    const got = clean(lines.get(line) ?? NOT_RUN);
    const wanted = clean(recorded);
    if (JSON.stringify(got) === JSON.stringify(wanted)) right++;
    else wrong.push({ line, command, got, wanted });
  }
  return { right, wrong };
};
