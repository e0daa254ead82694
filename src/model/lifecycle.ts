import { assignMac, settleBridge } from './attributes.ts';
import { leaveBridge } from './bridge-ports.ts';
import type { Device, DeviceId, NamespaceName } from './device.ts';
import {
  changeDevice,
  deviceOf,
  dropDevice,
  type Edit,
  isThere,
  machineOf,
  namespaceOf,
  putDevice,
  putNamespace,
} from './edit.ts';
import { childrenOf, portsOf } from './find.ts';
import { disable4, up4 } from './inet4.ts';
import { disable6, up6 } from './inet6.ts';
import { kindOf } from './kinds/index.ts';
import type { Verdict } from './kinds/kind.ts';
import { isValidStationMac } from './mac.ts';
import { refuse } from './refusal.ts';
import { isIndexTaken, isNameTaken, nextIfindex, settingsFor, validName } from './register.ts';

/** `ip link set up` (net/core/dev.c:__dev_open), and what hears of it: addresses get their routes, VLANs come along. */
export const open = (edit: Edit, id: DeviceId): Verdict => {
  const device = deviceOf(edit, id);
  if (device.up) return undefined;
  if (device.kind !== 'loopback' && !isValidStationMac(device.mac)) return refuse('EADDRNOTAVAIL');
  const refusal = kindOf(device).opening?.(edit, device);
  if (refusal) return refusal;
  putDevice(edit, { ...device, up: true, queued: true });
  kindOf(device).opened?.(edit, device);
  up4(edit, deviceOf(edit, id));
  up6(edit, deviceOf(edit, id));
  for (const child of childrenOf(machineOf(edit), id))
    if (kindOf(child).parentUp?.(child) === 'open') open(edit, child.id);
  return undefined;
};

/** `ip link set down` (dev.c:__dev_close). */
export const close = (edit: Edit, id: DeviceId): void => {
  const device = deviceOf(edit, id);
  if (!device.up) return;
  putDevice(edit, { ...device, up: false });
  for (const child of childrenOf(machineOf(edit), id))
    if (kindOf(child).parentDown?.(child) === 'close') close(edit, child.id);
  disable4(edit, deviceOf(edit, id), 'down');
  disable6(edit, deviceOf(edit, id));
};

/** Addresses, routes, neighbours and settings of a device belong to its namespace (NETDEV_UNREGISTER). */
const forgetConfiguration = (edit: Edit, id: DeviceId): void => {
  disable4(edit, deviceOf(edit, id), 'all');
  disable6(edit, deviceOf(edit, id));
  changeDevice(edit, deviceOf(edit, id), (draft) => {
    draft.addresses = [];
  });
};

/** Takes a device away, and first all that cannot be without it (rtnl_link_ops.dellink, NETDEV_UNREGISTER). */
export const remove = (edit: Edit, id: DeviceId): void => {
  if (!isThere(edit, id)) return;
  const device = deviceOf(edit, id);
  for (const port of portsOf(machineOf(edit), id)) leaveBridge(edit, port.id);
  close(edit, id);
  if (device.master !== undefined) leaveBridge(edit, id);
  forgetConfiguration(edit, id);
  dropDevice(edit, id);
  for (const child of childrenOf(machineOf(edit), id)) remove(edit, child.id);
  for (const companion of kindOf(device).companions?.(device) ?? []) remove(edit, companion);
  kindOf(device).gone?.(edit, device);
  giveBackMac(edit, device);
};

/** A parent whose address a passthru child changed gets its own back (drivers/net/macvlan.c:macvlan_port_destroy). */
const giveBackMac = (edit: Edit, device: Device): void => {
  if (!('parentMac' in device) || device.parentMac === undefined || !isThere(edit, device.parent)) return;
  if (deviceOf(edit, device.parent).mac !== device.parentMac) assignMac(edit, device.parent, device.parentMac);
};

/** `ip link set nomaster`, and what every device does that leaves its namespace. */
export const release = (edit: Edit, id: DeviceId): void => {
  const { master } = deviceOf(edit, id);
  if (master === undefined) return;
  leaveBridge(edit, id);
  settleBridge(edit, master);
};

/**
 * `ip link set netns`: the device goes down and forgets its addresses; children stay with it (dev.c:
 * __dev_change_net_namespace). The name and the index stay if they are free there.
 */
export const move = (edit: Edit, id: DeviceId, to: NamespaceName, pattern?: string): Verdict => {
  const device = deviceOf(edit, id);
  if (device.kind === 'loopback' || device.kind === 'bridge')
    return edit.network.kernel === '6.1' ? refuse('EINVAL') : refuse('EINVAL', 'The interface netns is immutable');
  if (device.namespace === to) return undefined;
  const machine = machineOf(edit);
  const name = validName(
    machine,
    to,
    isNameTaken(machine, to, device.name) && pattern !== undefined ? pattern : device.name,
  );
  if (!name.ok) return name.error;
  close(edit, id);
  release(edit, id);
  forgetConfiguration(edit, id);
  arrive(edit, id, to, name.value);
  return undefined;
};

const arrive = (edit: Edit, id: DeviceId, to: NamespaceName, name: string): void => {
  const namespace = namespaceOf(edit, to);
  const device = deviceOf(edit, id);
  const { ifindex } = device;
  const machine = machineOf(edit);
  const isTaken = isIndexTaken(machine, to, ifindex);
  const index = isTaken ? nextIfindex(machine, namespace) : ifindex;
  const own = settingsFor(machine, namespace);
  putDevice(edit, { ...device, namespace: to, name, ifindex: index, queued: false, ...own });
  if (isTaken) putNamespace(edit, { ...namespace, nextIfindex: index + 1 });
};
