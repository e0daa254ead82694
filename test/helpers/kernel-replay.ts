import { createSimulation } from '../../src/engine/simulate.ts';
import { emptyNetwork } from '../../src/model/empty.ts';
import type { Output } from '../../src/shell/command.ts';
import { commandRunner, splitWords } from './command-runner.ts';
import { normaliserFor, type RecordedLab } from './recorded-labs.ts';

export type Difference = {
  readonly line: number;
  readonly command: string;
  readonly got: Output;
  readonly wanted: Output;
};
export type Replay = { readonly right: number; readonly wrong: readonly Difference[] };

/** As the recordings were made: IPv6 is off where a lab uses no address of it. */
const usesIpv6 = ({ commands }: RecordedLab): boolean => commands.some(({ command }) => /[0-9a-f]*::[0-9a-f]*/.test(command));
const WAIT = /^sleep (\S+)$/;

/** Runs a recorded lab command by command in a simulation, and compares what those print that `isOurs`. */
export const replayLab = async (lab: RecordedLab, isOurs: (command: string) => boolean): Promise<Replay> => {
  const simulation = createSimulation(emptyNetwork({ kernel: '6.1', ipv6: usesIpv6(lab) }));
  const runner = commandRunner(simulation);
  const normalise = normaliserFor(lab);
  const clean = ({ stdout, stderr, exit }: Output): Output => ({
    stdout: normalise(stdout),
    stderr: normalise(stderr),
    exit,
  });
  const wrong: Difference[] = [];
  let right = 0;
  for (const { line, command, ...recorded } of lab.commands) {
    const seconds = WAIT.exec(command)?.[1];
    if (seconds !== undefined) simulation.runFor(Number(seconds) * 1e9);
    const words = splitWords(command);
    if (!words) continue;
    const got = clean(await runner.run(words));
    if (!isOurs(command)) continue;
    const wanted = clean(recorded);
    if (JSON.stringify(got) === JSON.stringify(wanted)) right++;
    else wrong.push({ line, command, got, wanted });
  }
  return { right, wrong };
};
