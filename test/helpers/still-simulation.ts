import type { Counters, Simulation } from '../../src/engine/simulation.ts';
import { apply } from '../../src/model/apply.ts';
import type { Network } from '../../src/model/network.ts';

const NOTHING_COUNTED: Counters = {
  rxPackets: 0,
  rxBytes: 0,
  rxDropped: 0,
  rxMulticast: 0,
  txPackets: 0,
  txBytes: 0,
  txDropped: 0,
  txErrors: 0,
  txCarrier: 0,
};

/** A simulation in which no frame moves and no time passes: only the configuration changes. */
export const stillSimulation = (start: Network): Simulation => {
  let network = start;
  return {
    network: () => network,
    now: () => 0,
    deliveries: () => 0,
    apply: (operation) => {
      const applied = apply(network, operation);
      network = applied.network;
      return applied;
    },
    reset: () => undefined,
    listen: () => () => undefined,
    after: () => ({ cancel: () => undefined }),
    runFor: () => undefined,
    runUntil: (done) => done(),
    icmpSocket: () => ({
      connect: () => ({ errno: 'ENETUNREACH' }),
      mtu: () => 0,
      send: () => 'ENETUNREACH',
      close: () => undefined,
    }),
    packetSocket: () => ({ send: () => 'ENETDOWN', close: () => undefined }),
    addressState: () => 'ready',
    neighbours: () => [],
    flushNeighbours: () => 0,
    fdb: () => [],
    flushFdb: () => undefined,
    counters: () => NOTHING_COUNTED,
    routeGet: () => ({ type: 'none', errno: 'ENETUNREACH' }),
    exceptions: () => [],
  };
};
