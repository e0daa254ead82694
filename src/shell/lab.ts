import { type Event, MILLISECOND } from '../engine/event.ts';
import { createSimulation } from '../engine/simulate.ts';
import type { Simulation } from '../engine/simulation.ts';
import { emptyNetwork } from '../model/empty.ts';
import { parseIp } from '../model/ip.ts';
import { type KernelVersion, type MachineName, type Network, type Place, ROOT } from '../model/network.ts';
import { type Cause, causesOf } from '../predict/causes.ts';
import { recordSightings, type Sighting } from '../predict/sighting.ts';
import { runScript } from './bash/script.ts';
import type { CommandRecord, Io, SimCommand, Stream, VirtualFiles } from './bash/types.ts';
import type { SimulatedCommand } from './command.ts';
import { COMMANDS } from './commands/index.ts';
import { sleep } from './commands/sleep.ts';
import { createSsh } from './commands/ssh.ts';
import { sudo } from './commands/sudo.ts';
import { timeout } from './commands/timeout.ts';
import { filesFor } from './files/for-bash.ts';

/** One command of a script and what came of it; with its frames, and why it failed, where that is asked for. */
export type LabRecord = CommandRecord & { readonly frames?: readonly Sighting[]; readonly causes?: readonly Cause[] };

/** The world that a script meets, and where in it the script runs. */
export type World = { readonly network: Network; readonly place: Place };

export type LabOptions = {
  /** The script's name as errors give it. */
  readonly name: string;
  readonly text: string;
  readonly world: World;
  readonly seed?: number;
  readonly frames?: boolean;
  readonly why?: boolean;
  readonly write: (stream: Stream, text: string) => void;
  readonly onCommand?: (record: LabRecord, simulation: Simulation) => void;
  readonly around?: Around;
};

/** Put around what the script reaches of the simulated kernel: who looks on sees words expanded, and where they are said. */
export type Around = {
  readonly command: (name: string, command: SimCommand<Place>) => SimCommand<Place>;
  readonly files: (files: VirtualFiles<Place>) => VirtualFiles<Place>;
};
const UNWATCHED: Around = { command: (_, command) => command, files: (files) => files };

/** Whether a script names an IPv6 address anywhere: only then its machines have IPv6 switched on. */
export const usesIpv6 = (text: string): boolean =>
  text.split(/[\s'"=]+/).some((word) => word.includes(':') && parseIp(word.replace(/(%\w+)?(\/\d+)?$/, '')).ok);

/** One machine with nothing on it but `lo`. */
export const emptyWorld = (text: string, kernel?: KernelVersion): World => ({
  network: emptyNetwork({ ipv6: usesIpv6(text), ...(kernel === undefined ? {} : { kernel }) }),
  place: { machine: 'host' as MachineName, namespace: ROOT },
});

/** What a program costs on a real machine, and how long a person looks at the answer of one that sent frames. */
const SPAWN = 2 * MILLISECOND;
const PACE = 50 * MILLISECOND;
const PROBES: ReadonlySet<string> = new Set(['ping', 'arping']);

const adapt =
  (simulation: Simulation, command: SimulatedCommand, placeIn: (place: Place) => Place): SimCommand<Place> =>
  async (args, io: Io<Place>) => {
    const output = await command.run({
      args,
      get stdin() {
        return io.stdin();
      },
      place: io.context,
      simulation,
      files: { read: io.read },
      run: (words, place) => io.run(words, placeIn(place)),
      wait: io.wait,
    });
    simulation.runFor(PROBES.has(command.name) ? PACE : SPAWN);
    return output;
  };

/** Equal places are one object, since the shell keeps an interpreter for each. */
const placesOf = (): ((place: Place) => Place) => {
  const known = new Map<string, Place>();
  return (place) => {
    const key = `${place.machine} ${place.namespace}`;
    const same = known.get(key);
    if (same) return same;
    known.set(key, place);
    return place;
  };
};

export const commandsOver = (simulation: Simulation): ReadonlyMap<string, SimCommand<Place>> => {
  const placeIn = placesOf();
  const rootOf = (host: string): Place | undefined =>
    Object.hasOwn(simulation.network().machines, host)
      ? placeIn({ machine: host as MachineName, namespace: ROOT })
      : undefined;
  return new Map<string, SimCommand<Place>>([
    ...COMMANDS.map((command) => [command.name, adapt(simulation, command, placeIn)] as const),
    ['sudo', sudo],
    ['sleep', sleep],
    ['timeout', timeout],
    ['ssh', createSsh(rootOf)],
  ]);
};

/** Looks on while a command runs: what the taps saw, and why a probe went unanswered. */
const watch = (simulation: Simulation, { frames, why }: LabOptions): ((record: CommandRecord) => LabRecord) => {
  const recorder = frames ? recordSightings(simulation) : undefined;
  let events: Event[] = [];
  if (why) simulation.listen((event) => events.push(event));
  return (record) => {
    const seen = recorder?.take() ?? [];
    const causes = record.exit === 0 ? [] : causesOf(simulation.network(), events);
    if (!record.nested) events = [];
    return { ...record, ...(seen.length > 0 && { frames: seen }), ...(causes.length > 0 && { causes }) };
  };
};

/** Runs a script in a simulation of the world, as bash would on a real machine. The answer is the script's exit code. */
export const runLab = async (
  options: LabOptions,
): Promise<{ readonly exit: number; readonly simulation: Simulation }> => {
  const { world, seed = 1, name, text, write, onCommand, around = UNWATCHED } = options;
  const simulation = createSimulation(world.network, { seed });
  const noted = watch(simulation, options);
  const { exit } = await runScript<Place>({
    text,
    name,
    context: world.place,
    clock: simulation,
    commands: new Map([...commandsOver(simulation)].map(([word, run]) => [word, around.command(word, run)])),
    files: around.files(filesFor(simulation)),
    seed,
    output: { write },
    ...(onCommand && { onCommand: (record) => onCommand(noted(record), simulation) }),
  });
  return { exit, simulation };
};
