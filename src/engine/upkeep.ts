import { isMulticastIp } from '../model/ip.ts';
import { macNumber } from '../model/mac.ts';
import type { Operation, OperationOf } from '../model/operation.ts';
import { enter } from './devices/bridge/fdb.ts';
import { ipAddr } from './frame.ts';
import { deviceAt } from './socket.ts';
import { forgetNeighbour, setNeighbour } from './stack/neighbour.ts';
import type { NetDev, World } from './world.ts';

/** Whether an operation may flush what was learned: only these are laid out at once while a network is in motion. */
export const changesFlow = ({ op }: Operation): boolean => {
  switch (op) {
    case 'link.set':
    case 'link.del':
    case 'netns.del':
    case 'cable.add':
    case 'cable.del':
    case 'port.set':
    case 'fdb.add':
    case 'fdb.del':
      return true;
    default:
      return false;
  }
};

/** Whether an operation makes entries of a bridge, which are listed in the order in which they were made. */
export const isListedInOrder = ({ op }: Operation): boolean =>
  op === 'fdb.add' || op === 'vlan.add' || op === 'vlan.del';

/** What an operation does to the moving part alone: neighbours and bridge entries that are not there for good. */
export const afterOperation = (ready: () => World, operation: Operation): void => {
  switch (operation.op) {
    case 'neigh.add': {
      const { state, mac } = operation;
      if (state === 'permanent' || state === 'none') return;
      const world = ready();
      const dev = deviceAt(world, operation.at, operation.device);
      if (dev && !isMulticastIp(operation.ip))
        setNeighbour(world, dev, ipAddr(operation.ip), mac === undefined ? 0 : macNumber(mac), state);
      return;
    }
    case 'fdb.add': {
      if (operation.state !== 'dynamic') return;
      const world = ready();
      const port = deviceAt(world, operation.at, operation.device);
      const bridge = port?.master?.bridge;
      const [mac, vlan] = [macNumber(operation.mac), operation.vlan ?? 0];
      if (port && bridge) enter(bridge, { mac, vlan, port, kind: 'dynamic', sticky: false }, world.clock.now());
      return;
    }
    default:
      return;
  }
};

type Forgetting = OperationOf<'neigh.del' | 'fdb.del'>;

export const forgetsLearned = (operation: Operation): operation is Forgetting =>
  operation.op === 'neigh.del' || operation.op === 'fdb.del';

/** What was learned is in no network, and can be deleted all the same. Answers whether there was such an entry. */
export const forgetLearned = (world: World, operation: Forgetting): boolean => {
  const dev = deviceAt(world, operation.at, operation.device);
  if (!dev) return false;
  if (operation.op === 'fdb.del') return forgetFdb(dev, macNumber(operation.mac), operation.vlan ?? 0);
  const neighbour = dev.neighbours.get(ipAddr(operation.ip));
  if (!neighbour || neighbour.state === 'permanent') return false;
  forgetNeighbour(world, neighbour);
  return true;
};

const forgetFdb = (port: NetDev, mac: number, vlan: number): boolean => {
  const entries = port.master?.bridge?.fdb.get(vlan);
  const entry = entries?.get(mac);
  return entry?.kind === 'dynamic' && entry.port === port && entries?.delete(mac) === true;
};
