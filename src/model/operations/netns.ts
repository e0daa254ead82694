import type { DeviceId, NamespaceName } from '../device.ts';
import { deviceOf, type Edit, isThere, machineOf, setMachine } from '../edit.ts';
import { addNamespace } from '../empty.ts';
import { devicesIn } from '../find.ts';
import type { Verdict } from '../kinds/kind.ts';
import { move, release, remove } from '../lifecycle.ts';
import { type Namespace, ROOT } from '../network.ts';
import type { OperationOf } from '../operation.ts';
import { noNamespace, refuse } from '../refusal.ts';
import { isNameTaken } from '../register.ts';

/** A name is a file's under /run/netns (iproute2 ip/ipnetns.c: invalid_name). */
const isValidName = (name: string): boolean =>
  name !== '' && name.length < 256 && !name.includes('/') && name !== '.' && name !== '..';

export const netnsAdd = (edit: Edit, { name }: OperationOf<'netns.add'>): Verdict => {
  if (!isValidName(name)) return refuse('EINVAL', `Invalid netns name "${name}"`);
  if (Object.hasOwn(machineOf(edit).namespaces, name)) return noNamespace(name, 'create');
  setMachine(edit, addNamespace(machineOf(edit), name as NamespaceName));
  return undefined;
};

/** Network cards go back to the namespace that the machine boots with, all else goes (dev.c:default_device_exit_batch). */
export const netnsDel = (edit: Edit, { name }: OperationOf<'netns.del'>): Verdict => {
  const { namespaces } = machineOf(edit);
  if (name === ROOT || !Object.hasOwn(namespaces, name)) return noNamespace(name, 'remove');
  const namespace = name as NamespaceName;
  for (const { id } of devicesIn(machineOf(edit), namespace)) leave(edit, id);
  const rest = Object.entries(machineOf(edit).namespaces)
    .filter(([key]) => key !== name)
    .map(([key, value]) => [key, withoutNsid(value, name)] as const);
  setMachine(edit, { namespaces: Object.fromEntries(rest) });
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

const withoutNsid = (namespace: Namespace, gone: string): Namespace => {
  if (!Object.hasOwn(namespace.nsids, gone)) return namespace;
  return { ...namespace, nsids: Object.fromEntries(Object.entries(namespace.nsids).filter(([key]) => key !== gone)) };
};
