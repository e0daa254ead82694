import { assertNever } from '../base/assert-never.ts';
import type { Event } from '../engine/event.ts';
import { ipAddr } from '../engine/frame.ts';
import { createSimulation } from '../engine/simulate.ts';
import type { Simulation } from '../engine/simulation.ts';
import type { Network } from '../model/network.ts';
import type { Errno } from '../model/refusal.ts';
import { type Cause, causesOf, causesOfSilence, causesUnheard } from './causes.ts';
import type { Endpoint } from './endpoint.ts';
import { type Answer, isReached, type Outcome, type Probe } from './outcome.ts';
import { askArp } from './probes/arp.ts';
import { askGroup } from './probes/group.ts';
import { askPing } from './probes/ping.ts';
import type { Watch } from './probes/watch.ts';
import { hasRace, meetingsIn } from './race.ts';

/** Asks one question after another, each of a network whose caches are cold. */
export type Asker = {
  readonly ask: (from: Endpoint, to: Endpoint, probe: Probe) => Answer;
  /** All that happened at the last question. */
  readonly events: () => readonly Event[];
  /** Frame copies that came in anywhere, over all questions. */
  readonly frames: () => number;
  /** How many questions there were. */
  readonly asked: () => number;
};

export type AskerOptions = {
  /** What happens before each question, so that its caches are not cold. */
  readonly before?: (simulation: Simulation) => void;
};

type Stored = Extract<Event, { kind: 'dropped' }>;

export const createAsker = (network: Network, { before }: AskerOptions = {}): Asker => {
  const simulation = createSimulation(network, { settled: true });
  const meeting = meetingsIn(network);
  let events: Event[] = [];
  let storm: Stored | undefined;
  let frames = 0;
  let asked = 0;
  simulation.listen((event) => {
    events.push(event);
    if (event.kind === 'dropped' && event.reason === 'storm') storm ??= event;
  });
  const stormAt = (): Stored | undefined => storm;
  const watch: Watch = { events: () => events, stormed: () => storm !== undefined };
  const ask = (from: Endpoint, to: Endpoint, probe: Probe): Answer => {
    simulation.reset();
    before?.(simulation);
    events = [];
    storm = undefined;
    const outcome = outcomeOf(simulation, from, to, probe, watch);
    frames += simulation.deliveries();
    asked++;
    const circling = stormAt();
    if (circling)
      return { outcome: { verdict: 'storm' }, causes: [{ reason: 'storm', at: circling.at }], raced: false };
    const causes = isAnswered(outcome) ? [] : causesFor(network, events, from, to, probe, outcome);
    return { outcome, causes, raced: hasRace(meeting, events) };
  };
  return { ask, events: () => events, frames: () => frames, asked: () => asked };
};

const isAnswered = (outcome: Outcome): boolean => isReached(outcome) || outcome.verdict === 'impostor';

const outcomeOf = (simulation: Simulation, from: Endpoint, to: Endpoint, probe: Probe, watch: Watch): Outcome => {
  switch (probe) {
    case 'ping':
      return askPing(simulation, from, to, watch);
    case 'arp':
      return askArp(simulation, from, to, watch);
    case 'broadcast':
    case 'multicast':
      return askGroup(simulation, from, to, probe, watch);
    default:
      return assertNever(probe);
  }
};

const causesFor = (
  network: Network,
  events: readonly Event[],
  from: Endpoint,
  to: Endpoint,
  probe: Probe,
  outcome: Outcome,
): readonly Cause[] => {
  const causes = causesBy(network, events, from, to, probe);
  return causes.length > 0 ? causes : localCause(from, outcome);
};

const causesBy = (
  network: Network,
  events: readonly Event[],
  from: Endpoint,
  to: Endpoint,
  probe: Probe,
): readonly Cause[] => {
  switch (probe) {
    case 'ping':
      return causesOf(network, events);
    case 'arp':
      return causesOfSilence(network, events, ipAddr(to.address), from.address);
    case 'broadcast':
    case 'multicast':
      return causesUnheard(network, events, to.address);
    default:
      return assertNever(probe);
  }
};

const REFUSALS: Readonly<Partial<Record<Errno, Cause['reason']>>> = {
  ENETUNREACH: 'ip.no-route',
  EHOSTUNREACH: 'ip.unreachable',
  EINVAL: 'ip.blackhole',
  EACCES: 'ip.prohibited',
  ENETDOWN: 'device.down',
  EMSGSIZE: 'ip.too-big',
};

/** Nothing was ever sent: the asker's own routes say why. */
const localCause = ({ place, device }: Endpoint, outcome: Outcome): readonly Cause[] => {
  const reason = outcome.verdict === 'refused' ? REFUSALS[outcome.errno] : undefined;
  return reason === undefined ? [] : [{ reason, at: { ...place, device: device.name, id: device.id } }];
};
