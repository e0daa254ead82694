import { type Draft, produce } from 'immer';
import type { Device, DeviceId, NamespaceName } from './device.ts';
import type { Machine, MachineName, Namespace, Network, Place, Route } from './network.ts';

/**
 * A network while an operation works on it, with the machine that it works on. Reads see plain data, so that a look
 * through a thousand devices costs what it costs outside; a change goes to one device or namespace, by immer.
 */
export type Edit = { network: Network; readonly machine: MachineName };

export const edit = (network: Network, machine: MachineName): Edit => ({ network, machine });

export const machineOf = (edit: Edit): Machine => edit.network.machines[edit.machine]!;
/** By an id that came from the same machine: it is there. */
export const deviceOf = (edit: Edit, id: DeviceId): Device => machineOf(edit).devices[id]!;
export const namespaceOf = (edit: Edit, name: NamespaceName): Namespace => machineOf(edit).namespaces[name]!;
export const placeOf = (edit: Edit, device: Device): Place => ({ machine: edit.machine, namespace: device.namespace });
export const isThere = (edit: Edit, id: DeviceId): boolean => machineOf(edit).devices[id] !== undefined;

export const setMachine = (edit: Edit, change: Partial<Machine>): void => {
  const machine = { ...machineOf(edit), ...change };
  edit.network = { ...edit.network, machines: { ...edit.network.machines, [edit.machine]: machine } };
};

export const putDevice = (edit: Edit, device: Device): void =>
  setMachine(edit, { devices: { ...machineOf(edit).devices, [device.id]: device } });

export const dropDevice = (edit: Edit, id: DeviceId): void => {
  const { [id]: _gone, ...devices } = machineOf(edit).devices;
  setMachine(edit, { devices });
};

/** Changes the device as it is now, whatever was read before. */
export const changeDevice = <D extends Device>(edit: Edit, device: D, recipe: (draft: Draft<D>) => void): void => {
  const now = deviceOf(edit, device.id);
  const next = produce(now as D, (draft) => {
    recipe(draft);
  });
  if (next !== now) putDevice(edit, next);
};

export const putNamespace = (edit: Edit, namespace: Namespace): void =>
  setMachine(edit, { namespaces: { ...machineOf(edit).namespaces, [namespace.name]: namespace } });

export const changeNamespace = (edit: Edit, name: NamespaceName, recipe: (draft: Draft<Namespace>) => void): void => {
  const now = namespaceOf(edit, name);
  const next = produce(now, (draft) => {
    recipe(draft);
  });
  if (next !== now) putNamespace(edit, next);
};

export const setRoutes = (edit: Edit, name: NamespaceName, routes: readonly Route[]): void => {
  const namespace = namespaceOf(edit, name);
  if (routes.length !== namespace.routes.length || routes.some((route, i) => route !== namespace.routes[i]))
    putNamespace(edit, { ...namespace, routes });
};
