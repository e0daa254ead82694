import { type Draft, produce } from 'immer';
import type { Device, DeviceId, NamespaceName } from './device.ts';
import type { Machine, MachineName, Namespace, Network, Place, Route } from './network.ts';

/**
 * A network while an operation works on it, with the machine that it works on. Reads see plain data, so that a look
 * through a thousand devices costs what it costs outside; a change goes to one device or namespace, by immer. The
 * records above them are copied once, at the first change, and written into from then on.
 */
export type Edit = {
  network: Network;
  readonly machine: MachineName;
  /** The copies that are this edit's own. */
  readonly own: WeakSet<object>;
};

export const edit = (network: Network, machine: MachineName): Edit => ({ network, machine, own: new WeakSet() });

export const machineOf = (edit: Edit): Machine => edit.network.machines[edit.machine]!;
/** By an id that came from the same machine: it is there. */
export const deviceOf = (edit: Edit, id: DeviceId): Device => machineOf(edit).devices[id]!;
export const namespaceOf = (edit: Edit, name: NamespaceName): Namespace => machineOf(edit).namespaces[name]!;
export const placeOf = (edit: Edit, device: Device): Place => ({ machine: edit.machine, namespace: device.namespace });
export const isThere = (edit: Edit, id: DeviceId): boolean => machineOf(edit).devices[id] !== undefined;

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

const ownCopy = <T extends object>(edit: Edit, value: T): Writable<T> => {
  const copy = { ...value };
  edit.own.add(copy);
  return copy;
};

const ownMachine = (edit: Edit): Writable<Machine> => {
  const machine = machineOf(edit);
  if (edit.own.has(machine)) return machine;
  const copy = ownCopy(edit, machine);
  edit.network = { ...edit.network, machines: { ...edit.network.machines, [edit.machine]: copy } };
  return copy;
};

const ownDevices = (edit: Edit): Writable<Machine['devices']> => {
  const machine = ownMachine(edit);
  if (!edit.own.has(machine.devices)) machine.devices = ownCopy(edit, machine.devices);
  return machine.devices;
};

const ownNamespaces = (edit: Edit): Writable<Machine['namespaces']> => {
  const machine = ownMachine(edit);
  if (!edit.own.has(machine.namespaces)) machine.namespaces = ownCopy(edit, machine.namespaces);
  return machine.namespaces;
};

export const setMachine = (edit: Edit, change: Partial<Machine>): void => {
  Object.assign(ownMachine(edit), change);
};

export const putDevice = (edit: Edit, device: Device): void => {
  ownDevices(edit)[device.id] = device;
};

export const dropDevice = (edit: Edit, id: DeviceId): void => {
  delete ownDevices(edit)[id];
};

/** Changes the device as it is now, whatever was read before. */
export const changeDevice = <D extends Device>(edit: Edit, device: D, recipe: (draft: Draft<D>) => void): void => {
  const now = deviceOf(edit, device.id);
  const next = produce(now as D, (draft) => {
    recipe(draft);
  });
  if (next !== now) putDevice(edit, next);
};

/** By definition rather than assignment: a namespace may be called `__proto__`. */
export const putNamespace = (edit: Edit, namespace: Namespace): void => {
  const property = { value: namespace, enumerable: true, configurable: true, writable: true };
  Object.defineProperty(ownNamespaces(edit), namespace.name, property);
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
