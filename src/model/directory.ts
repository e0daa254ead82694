import type { Device, DeviceId, NamespaceName, StackedDevice } from './device.ts';
import type { Machine } from './network.ts';

type Devices = Machine['devices'];
type Index<Key> = Map<Key, Set<DeviceId>>;

/** Who is where, so that nobody has to look through a thousand devices. */
type Directory = {
  readonly byName: Map<string, DeviceId>;
  readonly inside: Index<NamespaceName>;
  readonly above: Index<DeviceId>;
  readonly ports: Index<DeviceId>;
};

/** Drawn up from the devices when it is first asked for, and never a part of the network. */
const DIRECTORIES = new WeakMap<Devices, Directory>();

/** No name has a slash in it; a namespace's may be one. */
const nameKey = (namespace: NamespaceName, name: string): string => `${namespace}/${name}`;

const add = <Key>(index: Index<Key>, key: Key, id: DeviceId): void => {
  const ids = index.get(key);
  if (ids) ids.add(id);
  else index.set(key, new Set([id]));
};

const enterPlace = ({ byName, inside }: Directory, { id, name, namespace }: Device): void => {
  byName.set(nameKey(namespace, name), id);
  add(inside, namespace, id);
};

const strikePlace = ({ byName, inside }: Directory, { id, name, namespace }: Device): void => {
  byName.delete(nameKey(namespace, name));
  inside.get(namespace)?.delete(id);
};

const enter = (directory: Directory, device: Device): void => {
  enterPlace(directory, device);
  if ('parent' in device) add(directory.above, device.parent, device.id);
  if (device.master !== undefined) add(directory.ports, device.master, device.id);
};

const strike = (directory: Directory, device: Device): void => {
  strikePlace(directory, device);
  if ('parent' in device) directory.above.get(device.parent)?.delete(device.id);
  if (device.master !== undefined) directory.ports.get(device.master)?.delete(device.id);
};

const directoryOf = (devices: Devices): Directory => {
  const known = DIRECTORIES.get(devices);
  if (known) return known;
  const made: Directory = { byName: new Map(), inside: new Map(), above: new Map(), ports: new Map() };
  for (const device of Object.values(devices)) enter(made, device);
  DIRECTORIES.set(devices, made);
  return made;
};

const change = (directory: Directory, was: Device, is: Device): void => {
  if (was.name !== is.name || was.namespace !== is.namespace) {
    strikePlace(directory, was);
    enterPlace(directory, is);
  }
  if (was.master === is.master) return;
  if (was.master !== undefined) directory.ports.get(was.master)?.delete(was.id);
  if (is.master !== undefined) add(directory.ports, is.master, is.id);
};

/** The next version of the devices takes the directory over; who asks the one before has it drawn up again. */
export const handOver = (from: Devices, to: Devices, id: DeviceId): void => {
  const directory = DIRECTORIES.get(from);
  if (!directory) return;
  const [was, is] = [from[id], to[id]];
  if (was && is) change(directory, was, is);
  else if (was) strike(directory, was);
  else if (is) enter(directory, is);
  DIRECTORIES.delete(from);
  DIRECTORIES.set(to, directory);
};

const listed = (devices: Devices, ids: ReadonlySet<DeviceId> | undefined): readonly Device[] => {
  const list: Device[] = [];
  for (const id of ids ?? []) list.push(devices[id]!);
  return list;
};

export const deviceNamed = ({ devices }: Machine, namespace: NamespaceName, name: string): Device | undefined =>
  devices[directoryOf(devices).byName.get(nameKey(namespace, name)) ?? 0];

/** In no particular order. */
export const devicesInside = ({ devices }: Machine, namespace: NamespaceName): readonly Device[] =>
  listed(devices, directoryOf(devices).inside.get(namespace));

/** Oldest first, for nothing ever changes its parent. */
export const devicesAbove = ({ devices }: Machine, parent: DeviceId): readonly StackedDevice[] =>
  listed(devices, directoryOf(devices).above.get(parent)) as readonly StackedDevice[];

/** In no particular order. */
export const portsBelow = ({ devices }: Machine, bridge: DeviceId): readonly Device[] =>
  listed(devices, directoryOf(devices).ports.get(bridge));
