import { createRandom } from '../base/random.ts';
import { type Applied, apply } from '../model/apply.ts';
import type { Network } from '../model/network.ts';
import type { Operation } from '../model/operation.ts';
import { createClock } from './clock.ts';
import type { Listener, Time } from './event.ts';
import { restartWorld } from './restart.ts';
import type { Simulation } from './simulation.ts';
import { openIcmpSocket, openPacketSocket } from './socket.ts';
import { openIcmp6Socket } from './socket6.ts';
import { PROTOCOLS } from './stack/protocols.ts';
import { syncWorld } from './sync/index.ts';
import { afterOperation, changesFlow, forgetLearned, forgetsLearned, isListedInOrder } from './upkeep.ts';
import * as views from './views.ts';
import { addressState, routeGet6 } from './views6.ts';
import type { NetDev, Skb, World } from './world.ts';

export type SimulationOptions = {
  readonly seed?: number;
  readonly listener?: Listener;
  /**
   * As if the network had been up for a while: IPv6 addresses are in use from the start. Otherwise each is first asked
   * for, which takes up to two seconds, as after `ip link set up`.
   */
  readonly settled?: boolean;
};

const EMPTY: Network['machines'] = {};

/** Sets a network in motion, with empty caches and at time 0. */
export const createSimulation = (network: Network, options: SimulationOptions = {}): Simulation => {
  const seed = options.seed ?? 1;
  let draw = createRandom(seed);
  const world: World = {
    clock: createClock<World, NetDev, Skb>(),
    protocols: PROTOCOLS,
    kernel: network.kernel,
    network: { ...network, machines: EMPTY, cables: [] },
    random: () => draw(),
    devices: new Map(),
    namespaces: new Map(),
    listener: options.listener,
    nextCopy: 1,
    budget: 0,
    storms: 0,
    deliveries: 0,
    synced: false,
    changedAt: 0,
    settled: options.settled ?? false,
  };
  let current = network;
  const listeners = new Set<Listener>(options.listener ? [options.listener] : []);

  const relisten = (): void => {
    const [first] = listeners;
    world.listener =
      listeners.size > 1
        ? (event) => {
            for (const each of listeners) each(event);
          }
        : first;
  };

  /** The working state follows the network only when somebody looks: a script of a thousand commands is laid out once. */
  const ready = (): World => {
    if (world.network !== current) syncWorld(world, current);
    return world;
  };

  /** IPv6 speaks up as soon as a device is up; otherwise nothing happens by itself where nothing is due. */
  const sleeps = (deadline: Time): boolean =>
    !world.clock.isDue(deadline) && Object.values(current.machines).every(({ ipv6 }) => !ipv6);

  const runTo = (deadline: Time, done: () => boolean): boolean => {
    if (!sleeps(deadline)) ready();
    for (;;) {
      if (done()) return true;
      if (!world.clock.step(world, deadline)) break;
    }
    world.clock.advance(deadline);
    return done();
  };

  /** While nothing has moved yet, nothing was learned, and the layout can wait, but for what is listed as it was entered. */
  const layOut = (operation: Operation): void => {
    const moved = world.nextCopy > 1 && changesFlow(operation);
    if (current !== world.network && (moved || isListedInOrder(operation))) ready();
  };

  const configure = (operation: Operation): Applied => {
    // What a change flushes can be seen only against what was there before it.
    layOut(operation);
    const forgotten = forgetsLearned(operation) && forgetLearned(ready(), operation);
    const applied = apply(current, operation);
    if (!applied.refusal) world.changedAt = world.clock.now();
    current = applied.network;
    if (applied.refusal && forgotten) return { network: current };
    if (applied.refusal) return applied;
    afterOperation(ready, operation);
    layOut(operation);
    return applied;
  };

  return {
    network: () => current,
    now: world.clock.now,
    deliveries: () => world.deliveries,
    apply: configure,
    reset: () => {
      draw = createRandom(seed);
      restartWorld(ready());
    },
    listen: (listener) => {
      listeners.add(listener);
      relisten();
      return () => {
        listeners.delete(listener);
        relisten();
      };
    },
    after: (delay, callback) => {
      const alarm = world.clock.after(delay, callback);
      return { cancel: () => world.clock.cancel(alarm) };
    },
    runFor: (duration) => {
      runTo(world.clock.now() + duration, () => false);
    },
    runUntil: (done, deadline) => runTo(deadline, done),
    ...openings(ready),
  };
};

/** The sockets and tables of a simulation: each looks at the layout as it is now. */
const openings = (
  ready: () => World,
): Omit<
  Simulation,
  'network' | 'now' | 'deliveries' | 'apply' | 'reset' | 'listen' | 'after' | 'runFor' | 'runUntil'
> => ({
  icmpSocket: (socket) => (socket.family === 6 ? openIcmp6Socket(ready(), socket) : openIcmpSocket(ready(), socket)),
  packetSocket: (at, device, receive) => openPacketSocket(ready(), at, device, receive),
  neighbours: (at) => views.neighbours(ready(), at),
  flushNeighbours: (at, which) => views.flushNeighbours(ready(), at, which ?? {}),
  fdb: (at, bridge) => views.fdb(ready(), at, bridge),
  flushFdb: (at, port) => views.flushFdb(ready(), at, port),
  counters: (at, id) => views.counters(ready(), at, id),
  routeGet: (at, question) =>
    question.to.includes(':') ? routeGet6(ready(), at, question) : views.routeGet(ready(), at, question),
  addressState: (at, device, ip) => addressState(ready(), at, device, ip),
  exceptions: (at) => views.exceptions(ready(), at),
});
