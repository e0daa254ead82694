import type { DeviceId, NamespaceName } from '../device.ts';
import { deviceOf, type Edit, isThere, machineOf, namespaceOf, putDevice, setMachine } from '../edit.ts';
import { loopback, namespaceBeside } from '../empty.ts';
import { devicesIn, namespaceNamed } from '../find.ts';
import type { Verdict } from '../kinds/kind.ts';
import { move, release, remove } from '../lifecycle.ts';
import { ROOT } from '../network.ts';
import { allotNsid, isNsidTaken, nsidOf, withoutNsid } from '../nsid.ts';
import type { OperationOf } from '../operation.ts';
import { noNamespace, refuse } from '../refusal.ts';
import { isNameTaken } from '../register.ts';

/** A name is a file's under /run/netns (iproute2 ip/ipnetns.c: invalid_name). */
const isValidName = (name: string): boolean =>
  name !== '' && name.length < 256 && !name.includes('/') && name !== '.' && name !== '..';

export const netnsAdd = (edit: Edit, { name }: OperationOf<'netns.add'>): Verdict => {
  if (!isValidName(name)) return refuse('EINVAL', `Invalid netns name "${name}"`);
  if (namespaceNamed(machineOf(edit), name)) return noNamespace(name, 'create');
  const machine = machineOf(edit);
  const id = machine.nextDevice;
  const namespace = namespaceBeside(machine, name as NamespaceName);
  setMachine(edit, { namespaces: [...machine.namespaces, namespace], nextDevice: id + 1 });
  putDevice(edit, loopback(id, namespace));
  return undefined;
};

/** Network cards go back to the namespace that the machine boots with, all else goes (dev.c:default_device_exit_batch). */
export const netnsDel = (edit: Edit, { name }: OperationOf<'netns.del'>): Verdict => {
  if (name === ROOT || !namespaceNamed(machineOf(edit), name)) return noNamespace(name, 'remove');
  const namespace = name as NamespaceName;
  for (const { id } of devicesIn(machineOf(edit), namespace)) leave(edit, id);
  const rest = machineOf(edit).namespaces.filter((one) => one.name !== name);
  setMachine(edit, { namespaces: rest.map((one) => withoutNsid(one, name)) });
  return undefined;
};

/** net/core/net_namespace.c:rtnl_net_newid */
export const netnsId = (edit: Edit, { at, name, id }: OperationOf<'netns.id'>): Verdict => {
  if (!namespaceNamed(machineOf(edit), name)) return noNamespace(name, 'open');
  const namespace = namespaceOf(edit, at.namespace);
  if (nsidOf(namespace, name) !== undefined) return refuse('EEXIST', 'Peer netns already has a nsid assigned');
  if (id !== undefined && isNsidTaken(namespace, id)) return refuse('EEXIST', 'The specified nsid is already used');
  allotNsid(edit, at.namespace, name as NamespaceName, id);
  return undefined;
};

const leave = (edit: Edit, id: DeviceId): void => {
  if (!isThere(edit, id)) return;
  const device = deviceOf(edit, id);
  if (device.kind !== 'nic') {
    release(edit, id);
    remove(edit, id);
    return;
  }
  const machine = machineOf(edit);
  const fallback = isNameTaken(machine, ROOT, `dev${device.ifindex}`) ? 'dev%d' : `dev${device.ifindex}`;
  move(edit, id, ROOT, fallback);
};
