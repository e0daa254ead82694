import { fail, ok } from '../base/result.ts';
import type { Carrier, Device, DeviceId, NamespaceName } from './device.ts';
import { deviceNamed, devicesInside } from './directory.ts';
import { type Edit, machineOf, namespaceOf, putDevice, putNamespace, setMachine } from './edit.ts';
import { type Found, namespaceNamed } from './find.ts';
import { drawnMac, type Mac } from './mac.ts';
import { type Machine, type Namespace, ROOT } from './network.ts';
import type { LinkAttributes } from './operation.ts';
import { refuse } from './refusal.ts';

type Allotted = 'id' | 'ifindex' | 'conf4' | 'conf6' | 'neigh4' | 'neigh6' | 'mac' | 'addresses' | 'carrier' | 'queued';
type WithoutAllotted<D> = D extends Device
  ? Omit<D, Allotted> & { readonly mac?: Mac; readonly carrier?: Carrier }
  : never;
/** A device before the kernel has given it its numbers. Without a MAC one is drawn; carrier is what nobody was told of. */
export type Unregistered = WithoutAllotted<Device>;

/** What is alike for all kinds, from what the command gave (net/core/rtnetlink.c:rtnl_create_link). */
export const commonOf = (name: string, namespace: NamespaceName, attributes: LinkAttributes) => ({
  name,
  namespace,
  ...(attributes.mac === undefined ? {} : { mac: attributes.mac }),
  mtu: attributes.mtu ?? 1500,
  up: false,
  noarp: false,
  promisc: false,
  allmulti: false,
  multicast: true,
  txQueueLength: attributes.txQueueLength ?? 1000,
  group: attributes.group ?? 0,
});

/** net/core/dev.c:dev_valid_name */
const isValidName = (name: string): boolean =>
  name !== '' && name.length < 16 && name !== '.' && name !== '..' && !/[/:\s]/.test(name);

export const isNameTaken = (machine: Machine, namespace: NamespaceName, name: string): boolean =>
  deviceNamed(machine, namespace, name) !== undefined;

export const isIndexTaken = (machine: Machine, namespace: NamespaceName, ifindex: number): boolean =>
  devicesInside(machine, namespace).some((device) => device.ifindex === ifindex);

/** The name itself, or with `%d` filled in by the lowest free number (dev.c:dev_get_valid_name, dev_alloc_name). */
export const validName = (machine: Machine, namespace: NamespaceName, wanted: string): Found<string> => {
  if (!isValidName(wanted)) return fail(refuse('EINVAL'));
  if (!wanted.includes('%')) {
    return isNameTaken(machine, namespace, wanted) ? fail(refuse('EEXIST')) : ok(wanted);
  }
  const parts = wanted.split('%');
  if (parts.length !== 2 || !parts[1]?.startsWith('d')) return fail(refuse('EINVAL'));
  let number = 0;
  while (isNameTaken(machine, namespace, wanted.replace('%d', `${number}`))) number++;
  return ok(wanted.replace('%d', `${number}`));
};

/** The next index that no device of the namespace has (dev.c:dev_index_reserve): numbers are not given out again at once. */
export const nextIfindex = (machine: Machine, namespace: Namespace): number => {
  let index = namespace.nextIfindex;
  while (isIndexTaken(machine, namespace.name, index)) index++;
  return index;
};

/** What a device starts with in a namespace (net/ipv4/devinet.c:inetdev_init, net/core/neighbour.c:neigh_parms_alloc). */
export const settingsFor = (machine: Machine, { conf }: Namespace) => {
  const { neigh4, neigh6 } = namespaceNamed(machine, ROOT)!.conf;
  return { conf4: conf.default4, conf6: conf.default6, neigh4, neigh6 };
};

/** Gives a device its numbers and puts it into the machine (dev.c:register_netdevice). */
export const register = (edit: Edit, device: Unregistered, wanted?: number): Found<DeviceId> => {
  const machine = machineOf(edit);
  const namespace = namespaceOf(edit, device.namespace);
  const name = validName(machine, device.namespace, device.name);
  if (!name.ok) return name;
  if (wanted !== undefined && (wanted < 1 || isIndexTaken(machine, device.namespace, wanted)))
    return fail(refuse(wanted < 1 ? 'EINVAL' : 'EBUSY'));
  const id = machine.nextDevice;
  const ifindex = wanted ?? nextIfindex(machine, namespace);
  const mac = device.mac ?? drawnMac(machine.name, id);
  const made: Device = {
    carrier: 'untold',
    queued: false,
    ...device,
    id,
    name: name.value,
    ifindex,
    mac,
    addresses: [],
    ...settingsFor(machine, namespace),
  };
  putDevice(edit, made);
  putNamespace(edit, wanted === undefined ? { ...namespace, nextIfindex: ifindex + 1 } : namespace);
  setMachine(edit, { nextDevice: id + 1 });
  return ok(id);
};
