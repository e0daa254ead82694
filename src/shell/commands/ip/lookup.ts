import type { Device, NamespaceName } from '../../../model/device.ts';
import { devicesIn, findDevice, findMachine, namespaceNamed } from '../../../model/find.ts';
import { type Machine, type Network, type Place, ROOT } from '../../../model/network.ts';

/** The machine of a place, which is there as long as commands run in it. */
export const machineAt = (network: Network, place: Place): Machine | undefined => {
  const found = findMachine(network, place.machine);
  return found.ok ? found.value : undefined;
};

export const devicesAt = (network: Network, place: Place): readonly Device[] => {
  const machine = machineAt(network, place);
  return machine ? devicesIn(machine, place.namespace) : [];
};

/** A device by its name, or by its number as `if2` (lib/ll_map.c:ll_name_to_index). */
export const deviceAt = (network: Network, place: Place, name: string): Device | undefined => {
  const named = findDevice(network, place, name);
  if (named.ok) return named.value;
  const index = /^if(\d+)/.exec(name)?.[1];
  return index === undefined ? undefined : devicesAt(network, place).find((one) => String(one.ifindex) === index);
};

/** The last one made comes first: that is how a tmpfs lists /run/netns. */
export const namespacesOf = (machine: Machine): readonly NamespaceName[] =>
  machine.namespaces
    .map(({ name }) => name)
    .filter((name) => name !== ROOT)
    .reverse();

const INITIAL = /^(\/proc\/)?1(\/ns\/net)?$/;

/** What `netns` names: a namespace of /run/netns, or that of a process, of which there is one that all machines have. */
export const namespaceMeant = (machine: Machine, word: string): NamespaceName | undefined => {
  const name = word.replace(/^(\/var)?\/run\/netns\//, '') as NamespaceName;
  if (name !== ROOT && namespaceNamed(machine, name)) return name;
  return INITIAL.test(word) ? ROOT : undefined;
};
