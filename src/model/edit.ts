import { type Draft, produce } from 'immer';
import type { Device, DeviceId, NamespaceName } from './device.ts';
import { handOver } from './directory.ts';
import { namespaceNamed } from './find.ts';
import type { Machine, MachineName, Namespace, Network, Place, Route } from './network.ts';

/** A network while an operation works on it, with the machine that it works on and the devices that it changed there. */
export type Edit = {
  network: Network;
  readonly machine: MachineName;
  readonly touched: Set<DeviceId>;
};

export const edit = (network: Network, machine: MachineName): Edit => ({ network, machine, touched: new Set() });

export const machineOf = (edit: Edit): Machine => edit.network.machines[edit.machine]!;
/** By an id that came from the same machine: it is there. */
export const deviceOf = (edit: Edit, id: DeviceId): Device => machineOf(edit).devices[id]!;
export const namespaceOf = (edit: Edit, name: NamespaceName): Namespace => namespaceNamed(machineOf(edit), name)!;
export const placeOf = (edit: Edit, device: Device): Place => ({ machine: edit.machine, namespace: device.namespace });
export const isThere = (edit: Edit, id: DeviceId): boolean => machineOf(edit).devices[id] !== undefined;

export const setMachine = (edit: Edit, change: Partial<Machine>): void => {
  const machine = { ...machineOf(edit), ...change };
  edit.network = { ...edit.network, machines: { ...edit.network.machines, [edit.machine]: machine } };
};

const setDevices = (edit: Edit, devices: Machine['devices'], changed: DeviceId): void => {
  handOver(machineOf(edit).devices, devices, changed);
  edit.touched.add(changed);
  setMachine(edit, { devices });
};

/** Numbers as keys make the record an array to the engine, which copies a thousand of them in a microsecond. */
export const putDevice = (edit: Edit, device: Device): void =>
  setDevices(edit, { ...machineOf(edit).devices, [device.id]: device }, device.id);

export const dropDevice = (edit: Edit, id: DeviceId): void => {
  const devices: Record<DeviceId, Device> = { ...machineOf(edit).devices };
  delete devices[id];
  setDevices(edit, devices, id);
};

/** Changes the device as it is now, whatever was read before. */
export const changeDevice = <D extends Device>(edit: Edit, device: D, recipe: (draft: Draft<D>) => void): void => {
  const now = deviceOf(edit, device.id);
  const next = produce(now as D, (draft) => {
    recipe(draft);
  });
  if (next !== now) putDevice(edit, next);
};

export const putNamespace = (edit: Edit, namespace: Namespace): void => {
  const { namespaces } = machineOf(edit);
  const at = namespaces.indexOf(namespaceOf(edit, namespace.name));
  setMachine(edit, { namespaces: namespaces.with(at, namespace) });
};

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
