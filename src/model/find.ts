import { fail, ok, type Result } from '../base/result.ts';
import type { Bridge, Device, DeviceId, NamespaceName, StackedDevice } from './device.ts';
import { isStacked } from './device.ts';
import { deviceNamed, devicesAbove, devicesInside, portsBelow } from './directory.ts';
import {
  type CableEnd,
  type Machine,
  type MachineName,
  type Namespace,
  type Network,
  type Place,
  ROOT,
} from './network.ts';
import { noDevice, noNamespace, notInModel, type Refusal } from './refusal.ts';

/** What a look-up found, or what `ip` says where there is nothing. */
export type Found<T> = Result<T, Refusal>;

const own = <T>(record: Readonly<Record<string | number, T>>, key: string | number): T | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined;

export const findMachine = (network: Network, name: MachineName): Found<Machine> => {
  const machine = own(network.machines, name);
  return machine ? ok(machine) : fail(notInModel(`There is no machine "${name}"`));
};

/** Where a namespace of that name was last found: a hint, for in another network it may be elsewhere. */
const PLACES = new Map<string, number>();

export const namespaceNamed = ({ namespaces }: Machine, name: string): Namespace | undefined => {
  const hinted = namespaces[PLACES.get(name) ?? 0];
  if (hinted?.name === name) return hinted;
  const at = namespaces.findIndex((one) => one.name === name);
  if (at >= 0) PLACES.set(name, at);
  return namespaces[at];
};

export const findNamespace = (network: Network, place: Place): Found<Namespace> => {
  const machine = findMachine(network, place.machine);
  if (!machine.ok) return machine;
  const namespace = namespaceNamed(machine.value, place.namespace);
  return namespace ? ok(namespace) : fail(noNamespace(place.namespace, 'open'));
};

/** The device of that name in a namespace. */
export const findDevice = (network: Network, place: Place, name: string): Found<Device> => {
  const namespace = findNamespace(network, place);
  if (!namespace.ok) return namespace;
  const device = deviceNamed(network.machines[place.machine]!, place.namespace, name);
  return device ? ok(device) : fail(noDevice(name));
};

/** All devices of a machine, in the order in which they were made. */
export const devicesOf = (machine: Machine): readonly Device[] => Object.values(machine.devices);

/** The devices of a namespace as `ip link` lists them: by index. */
export const devicesIn = (machine: Machine, namespace: NamespaceName): readonly Device[] =>
  devicesInside(machine, namespace).toSorted((a, b) => a.ifindex - b.ifindex);

/** The devices that stand on this one, in all namespaces, oldest first. */
export const childrenOf = (machine: Machine, parent: DeviceId): readonly StackedDevice[] =>
  devicesAbove(machine, parent);

/** The ports of a bridge in the order of its list: who joined last comes first (net/bridge/br_if.c:br_add_if). */
export const portsOf = (machine: Machine, bridge: DeviceId): readonly Device[] =>
  portsBelow(machine, bridge).toSorted((a, b) => (b.port?.joined ?? 0) - (a.port?.joined ?? 0));

export type MasterOf = { readonly enslaved: true; readonly bridge: Bridge } | { readonly enslaved: false };
/** The bridge that a device is a port of. */
export const masterOf = (machine: Machine, device: Device): MasterOf => {
  const bridge = device.master === undefined ? undefined : machine.devices[device.master];
  return bridge?.kind === 'bridge' ? { enslaved: true, bridge } : { enslaved: false };
};

export type Plugged = { readonly plugged: true; readonly end: CableEnd } | { readonly plugged: false };
/** What is at the other end of a network card's cable. */
export const farEndOf = (network: Network, machine: MachineName, nic: DeviceId): Plugged => {
  const isHere = (end: CableEnd): boolean => end.machine === machine && end.device === nic;
  for (const { ends } of network.cables) {
    if (isHere(ends[0])) return { plugged: true, end: ends[1] };
    if (isHere(ends[1])) return { plugged: true, end: ends[0] };
  }
  return { plugged: false };
};

export type LinkOf =
  | { readonly where: 'none' }
  | { readonly where: 'here'; readonly device: Device }
  /** `nsid` is what the device's namespace calls the other, if it does; `name` is absent for the one the machine boots with. */
  | {
      readonly where: 'elsewhere';
      readonly device: Device;
      readonly nsid: number | undefined;
      readonly name?: NamespaceName;
    };

const linkIdOf = (device: Device): DeviceId | undefined => {
  if (device.kind === 'veth') return device.peer;
  return isStacked(device) ? device.parent : undefined;
};

/** What stands behind the `@` in `ip link`: a child's parent, a veth's peer (net/core/dev.c:dev_get_iflink). */
export const linkOf = (machine: Machine, device: Device): LinkOf => {
  const id = linkIdOf(device);
  const link = id === undefined ? undefined : machine.devices[id];
  if (!link) return { where: 'none' };
  if (link.namespace === device.namespace) return { where: 'here', device: link };
  const here = namespaceNamed(machine, device.namespace);
  const nsid = here?.nsids.find(({ namespace }) => namespace === link.namespace)?.id;
  return link.namespace === ROOT
    ? { where: 'elsewhere', device: link, nsid }
    : { where: 'elsewhere', device: link, nsid, name: link.namespace };
};

/** How a place is called: `c1` on the only machine of a network, `host/c1` among several, and the machine for its root. */
export const placeName = (network: Network, { machine, namespace }: Place): string => {
  const alone = Object.keys(network.machines).length === 1;
  if (namespace === ROOT) return machine;
  return alone ? namespace : `${machine}/${namespace}`;
};
