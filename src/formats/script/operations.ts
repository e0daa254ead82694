import { type Machine, type Network, ROOT } from '../../model/network.ts';
import type { Operation } from '../../model/operation.ts';
import { type Builder, build, createBuilder } from '../builder.ts';
import { giveAddresses } from './stages/addresses.ts';
import { finishBridges, joinPorts } from './stages/bridges.ts';
import { countChildren, finishIndexes, makeLinks } from './stages/links.ts';
import { addNeighbours, addRoutes } from './stages/routes.ts';
import { bringUp, keepCarrier, setFlags, setNeighbourDefaults, setSysctls } from './stages/settings.ts';
import { emit, namespacesOf, type Target } from './target.ts';

/**
 * The operations that build a network from one without machines. Each stage looks at what those before it have made,
 * by the operation or by the kernel's own doing, and adds what is missing.
 */
export const operationsOf = (network: Network): readonly Operation[] => {
  const builder = createBuilder(network.kernel);
  const targets = Object.values(network.machines).map((machine): Target => ({ builder, machine }));
  for (const target of targets) addMachine(target);
  for (const target of targets) makeLinks(target);
  addCables(network, builder);
  for (const stage of STAGES) for (const target of targets) stage(target);
  return builder.operations;
};

const STAGES: readonly ((target: Target) => void)[] = [
  joinPorts,
  setSysctls,
  bringUp,
  keepCarrier,
  setFlags,
  finishBridges,
  giveAddresses,
  addRoutes,
  addNeighbours,
  countChildren,
  finishIndexes,
];

const addMachine = (target: Target): void => {
  const { name: machine, role, ipv6 } = target.machine;
  emit(target, { op: 'machine.add', machine, role, ipv6 });
  for (const namespace of namespacesOf(target)) {
    setNeighbourDefaults(target, namespace);
    if (namespace.name !== ROOT)
      emit(target, { op: 'netns.add', at: { machine, namespace: ROOT }, name: namespace.name });
  }
};

const nicName = (
  machines: Readonly<Record<string, Machine>>,
  end: { readonly machine: Machine['name']; readonly device: number },
) => ({
  machine: end.machine,
  name: machines[end.machine]!.devices[end.device]!.name,
});

const addCables = ({ machines, cables }: Network, builder: Builder): void => {
  for (const { ends } of cables)
    build(builder, { op: 'cable.add', ends: [nicName(machines, ends[0]), nicName(machines, ends[1])] });
};
