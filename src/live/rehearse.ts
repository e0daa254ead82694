import type { Simulation } from '../engine/simulation.ts';
import type { Network, Place } from '../model/network.ts';
import type { Io, SimCommand } from '../shell/bash/types.ts';
import type { Output } from '../shell/command.ts';
import { type Around, type LabRecord, runLab, type World } from '../shell/lab.ts';
import { dressed, newDevices } from './dress.ts';
import { permit, permitWrite } from './permit.ts';
import type { Act, Moment, Observation, Plan, Step } from './plan.ts';
import { worldSteps } from './world-steps.ts';

export type Lab = { readonly name: string; readonly text: string; readonly world: World };
/** The lab in the simulator: what is to be done for real, and for each step what should come of it. */
export type Rehearsal = { readonly plan: Plan; readonly predictions: readonly Observation[] };

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };
type Entry = Mutable<Step> & {
  output: Output;
  frames?: Observation['frames'];
  transparent: boolean;
  noted: boolean;
  dressed: boolean;
};
type Mark = { readonly is: Moment['is']; readonly entry: Entry };

const NOTHING: Output = { stdout: '', stderr: '', exit: 0 };
const PROBES: ReadonlySet<string> = new Set(['ping', 'ping4', 'ping6', 'arping']);
const NOT_MODELLED = /^hairpin: .* not modelled$/m;

const newEntry = (at: Place, words: readonly string[]): Entry => ({
  ...{ at, act: { kind: 'none', why: '' }, line: 0, command: words.join(' '), probe: PROBES.has(words[0] ?? '') },
  ...{ took: 0, stopped: false, output: NOTHING, transparent: false, noted: false, dressed: false },
});

const seconds = (output: Output, took: number): Act =>
  output.exit === 0 ? { kind: 'sleep', seconds: took } : { kind: 'none', why: 'it never slept' };

/** Notes every command of the simulated kernel that a script comes to, as it starts and as it ends. */
const createNotes = (start: Network) => {
  let network = start;
  const marks: Mark[] = [];
  const begin = (entry: Entry): void => void marks.push({ is: 'start', entry });
  const end = (entry: Entry): void => void marks.push({ is: 'end', entry });

  const command: Around['command'] =
    (name: string, run: SimCommand<Place>): SimCommand<Place> =>
    async (args, io) => {
      const entry = newEntry(io.context, [name, ...args]);
      const given: { stdin?: string; files: string[] } = { files: [] };
      const since = io.now();
      begin(entry);
      const output = await run(args, watched(io, entry, given));
      entry.output = output;
      entry.took = (io.now() - since) / 1e9;
      entry.stopped = io.interrupted();
      const act = name === 'sleep' ? seconds(output, entry.took) : permit([name, ...args], given);
      entry.act = NOT_MODELLED.test(output.stderr) ? { kind: 'none', why: 'hairpin does not model it' } : act;
      end(entry);
      return output;
    };

  const files: Around['files'] = (real) => ({
    ...real,
    write: (place, path, text) => {
      const written = real.write(place, path, text);
      const entry = newEntry(place, ['write', path]);
      entry.act = permitWrite(path, text);
      entry.output = written.ok ? NOTHING : { stdout: '', stderr: written.error, exit: 1 };
      begin(entry);
      end(entry);
      return written;
    },
  });

  /** The record of a line is about all that happened since the last. */
  const record = ({ line, command: text, frames, nested }: LabRecord, simulation: Simulation): void => {
    const fresh = marks.filter(({ is, entry }) => is === 'start' && !entry.noted).map(({ entry }) => entry);
    const steps = fresh.filter((entry) => !entry.transparent);
    const [only, ...more] = steps.filter(({ act }) => act.kind === 'run' && act.argv[0] === 'ip');
    const now = simulation.network();
    if (only?.act.kind === 'run' && more.length === 0 && !only.dressed) {
      only.act = { ...only.act, argv: dressed(only.act.argv, newDevices(network, now)) };
      only.dressed = true;
    }
    network = now;
    for (const entry of steps) {
      entry.line = line;
      if (steps.length === 1 && !nested) entry.command = text;
      if (!nested) entry.noted = true;
    }
    const last = steps.findLast((entry) => entry.probe) ?? steps.at(-1);
    if (last && frames) last.frames = [...(last.frames ?? []), ...frames];
  };
  return { around: { command, files }, record, marks };
};

/** What runs another command line has done its part by that. */
const watched = (io: Io<Place>, entry: Entry, given: { stdin?: string; files: string[] }): Io<Place> => ({
  ...io,
  stdin: () => {
    given.stdin = io.stdin();
    return given.stdin;
  },
  read: async (path) => {
    const text = await io.read(path);
    if (text.ok) given.files.push(text.value);
    return text;
  },
  run: (words, context, stdin) => {
    entry.transparent = true;
    return io.run(words, context, stdin);
  },
  start: (words, context, stdin) => {
    entry.transparent = true;
    return io.start(words, context, stdin);
  },
});

const stepOf = ({ at, act, line, command, probe, took, stopped }: Entry): Step => ({
  ...{ at, act, line, command, probe, took, stopped },
});

/** Runs a lab in the simulator, and writes down what it asked of the kernel and what the kernel should answer. */
export const rehearse = async ({ name, text, world }: Lab, frames: boolean): Promise<Rehearsal> => {
  const { around, record, marks } = createNotes(world.network);
  await runLab({ name, text, world, frames, write: () => {}, onCommand: record, around });
  const kept = marks.filter(({ entry }) => !entry.transparent);
  const entries = kept.filter(({ is }) => is === 'start').map(({ entry }) => entry);
  const number = new Map(entries.map((entry, index) => [entry, index]));
  const before = worldSteps(world.network);
  return {
    plan: {
      here: world.place.machine,
      machines: Object.values(world.network.machines).map(({ name: machine, ipv6 }) => ({ name: machine, ipv6 })),
      steps: [...before, ...entries.map(stepOf)],
      moments: [
        ...before.flatMap((_, step) => [momentOf('start', step), momentOf('end', step)]),
        ...kept.map(({ is, entry }) => momentOf(is, before.length + number.get(entry)!)),
      ],
    },
    predictions: [
      ...before.map(() => NOTHING),
      ...entries.map(({ output, frames: seen }) => ({ ...output, ...(seen && { frames: seen }) })),
    ],
  };
};

const momentOf = (is: Moment['is'], step: number): Moment => ({ is, step });
