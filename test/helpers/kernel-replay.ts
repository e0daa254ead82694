import { readFileSync } from 'node:fs';
import type { Output } from '../../src/shell/command.ts';
import { emptyWorld, type LabRecord, runLab } from '../../src/shell/lab.ts';
import { normaliserFor, type RecordedLab, recordedLabs } from './recorded-labs.ts';

type Difference = {
  readonly line: number;
  readonly command: string;
  readonly got: Output;
  readonly wanted: Output;
};
type Replay = { readonly right: number; readonly wrong: readonly Difference[] };

const FOLDER = new URL('../kernel/cli/', import.meta.url);
const NOT_RUN: Output = { stdout: '', stderr: 'not run', exit: -1 };

/** Where several commands stand on one line of a script, what they print together. */
const byLine = (records: readonly LabRecord[]): ReadonlyMap<number, Output> => {
  const lines = new Map<number, Output>();
  for (const { line, stdout, stderr, exit, nested } of records) {
    if (nested) continue;
    const before = lines.get(line) ?? { stdout: '', stderr: '', exit: 0 };
    lines.set(line, { stdout: before.stdout + stdout, stderr: before.stderr + stderr, exit });
  }
  return lines;
};

const NEIGHBOURS = /^ip( -n \S+| -\S+)* n(e|ei|eigh|eighbour)?\b/;

/** A neighbour table is listed by hashes that are drawn when the kernel boots: only what it holds can be compared. */
const inAnyOrder = (command: string, output: Output): Output => {
  if (!NEIGHBOURS.test(command)) return output;
  const rows = output.stdout.split(/\n|(?<=\}),(?=\{)/).map((row) => row.replace(/^\[(?=\{)|(?<=\})\]$/g, ''));
  return { ...output, stdout: rows.sort().join('\n') };
};

/** Runs a recorded lab as a script, and compares what the commands print that `isOurs`. */
const replayLab = async (lab: RecordedLab, isOurs: (command: string) => boolean): Promise<Replay> => {
  const text = readFileSync(new URL(lab.lab, FOLDER), 'utf8');
  const records: LabRecord[] = [];
  const onCommand = (record: LabRecord) => records.push(record);
  await runLab({ name: 'bash', text, world: emptyWorld(text, '6.1'), write: () => {}, onCommand });
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
    const got = inAnyOrder(command, clean(lines.get(line) ?? NOT_RUN));
    const wanted = inAnyOrder(command, clean(recorded));
    if (JSON.stringify(got) === JSON.stringify(wanted)) right++;
    else wrong.push({ line, command, got, wanted });
  }
  return { right, wrong };
};

/** Lines of a lab that are answered otherwise, by why. */
export type Known = Readonly<Record<string, readonly number[]>>;

/** The differences from the recording of a lab that nobody has explained yet. */
export const unexplained = async (
  name: string,
  isOurs: (command: string) => boolean,
  known: Known = {},
): Promise<readonly Difference[]> => {
  const lab = recordedLabs().find((each) => each.lab === name);
  if (!lab) throw new Error(`there is no recording of ${name}`);
  const { right, wrong } = await replayLab(lab, isOurs);
  if (right === 0) throw new Error(`nothing in ${name} is right`);
  const explained = new Set(Object.values(known).flat());
  return wrong.filter(({ line }) => !explained.has(line));
};
