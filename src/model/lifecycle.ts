import { leaveBridge, ownAddressOfBridge, ownMtuOfBridge } from './bridge-ports.ts';
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
import { disable4, forgetNeighbours, up4 } from './inet4.ts';
import { disable6, up6 } from './inet6.ts';
import { kindOf } from './kinds/index.ts';
import type { Verdict } from './kinds/kind.ts';
import { isValidStationMac, type Mac } from './mac.ts';
import { refuse } from './refusal.ts';
import { isNameTaken, nextIfindex, settingsFor, validName } from './register.ts';

/** `ip link set up` (net/core/dev.c:__dev_open), and what hears of it: addresses get their routes, VLANs come along. */
export const open = (edit: Edit, id: DeviceId): Verdict => {
  const device = deviceOf(edit, id);
  if (device.up) return undefined;
  if (device.kind !== 'loopback' && !isValidStationMac(device.mac)) return refuse('EADDRNOTAVAIL');
  const refusal = kindOf(device).opening?.(edit, device);
  if (refusal) return refusal;
  putDevice(edit, { ...device, up: true });
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

/** `ip link set address` (dev.c:dev_set_mac_address). */
export const setMac = (edit: Edit, id: DeviceId, mac: Mac): Verdict => {
  const device = deviceOf(edit, id);
  const target = kindOf(device).macTarget?.(edit, device, mac) ?? { takes: id };
  if (target !== 'unchanged' && 'refusal' in target) return target.refusal;
  if (!isValidStationMac(mac)) return refuse('EADDRNOTAVAIL');
  if (target === 'unchanged') return undefined;
  const isOwn = target.takes === id;
  if (!isOwn) return setMacThrough(edit, target.takes, mac);
  kindOf(device).given?.(edit, device, 'mac');
  assignMac(edit, id, mac);
  for (const child of childrenOf(machineOf(edit), id))
    if ('parentMac' in child && child.parentMac !== undefined) putDevice(edit, { ...child, parentMac: mac, mac });
  return undefined;
};

/** By a passthru child: the parent's own address is kept for later. */
const setMacThrough = (edit: Edit, parent: DeviceId, mac: Mac): Verdict => {
  const keeper = childrenOf(machineOf(edit), parent).find(
    (child) => 'parentMac' in child && child.parentMac !== undefined,
  );
  const refusal = setMac(edit, parent, mac);
  if (refusal) return refusal;
  if (keeper && 'parentMac' in keeper)
    putDevice(edit, { ...deviceOf(edit, keeper.id), parentMac: keeper.parentMac } as Device);
  return undefined;
};

/** NETDEV_CHANGEADDR: neighbours are forgotten, children and the bridge above follow. */
const assignMac = (edit: Edit, id: DeviceId, mac: Mac): void => {
  const device = deviceOf(edit, id);
  if (device.mac === mac) return;
  putDevice(edit, { ...device, mac });
  forgetNeighbours(edit, device, 'both');
  for (const child of childrenOf(machineOf(edit), id)) {
    const next = kindOf(child).followMac?.(child, mac) ?? child.mac;
    if (next !== child.mac) assignMac(edit, child.id, next);
  }
  if (device.master !== undefined) settleBridgeMac(edit, device.master);
};

const settleBridgeMac = (edit: Edit, bridge: DeviceId): void => {
  const own = ownAddressOfBridge(edit, bridge);
  if (own.changes) assignMac(edit, bridge, own.mac);
};

/** `ip link set mtu` (dev.c:dev_set_mtu_ext). */
export const setMtu = (edit: Edit, id: DeviceId, mtu: number): Verdict => {
  const device = deviceOf(edit, id);
  if (device.mtu === mtu) return undefined;
  const refusal = mtuRangeVerdict(device, mtu) ?? kindOf(device).mtuVerdict?.(edit, device, mtu);
  if (refusal) return refusal;
  kindOf(device).given?.(edit, device, 'mtu');
  assignMtu(edit, id, mtu);
  return undefined;
};

/** dev.c:dev_validate_mtu */
export const mtuRangeVerdict = (device: Pick<Device, 'kind'>, mtu: number): Verdict => {
  const { min, max } = kindOf(device).mtu;
  if (mtu < min || mtu < 0) return refuse('EINVAL', 'mtu less than device minimum');
  return max > 0 && mtu > max ? refuse('EINVAL', 'mtu greater than device maximum') : undefined;
};

const assignMtu = (edit: Edit, id: DeviceId, mtu: number): void => {
  const device = deviceOf(edit, id);
  if (device.mtu === mtu) return;
  putDevice(edit, { ...device, mtu });
  for (const child of childrenOf(machineOf(edit), id))
    assignMtu(edit, child.id, kindOf(child).followMtu?.(child, mtu) ?? child.mtu);
  if (device.master !== undefined) settleBridgeMtu(edit, device.master);
};

const settleBridgeMtu = (edit: Edit, bridge: DeviceId): void => assignMtu(edit, bridge, ownMtuOfBridge(edit, bridge));

/** After a port has joined or left: what the bridge takes from its ports (br_if.c:br_add_if, br_del_if). */
export const settleBridge = (edit: Edit, bridge: DeviceId): void => {
  settleBridgeMtu(edit, bridge);
  settleBridgeMac(edit, bridge);
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
  const isTaken = Object.values(machine.devices).some((one) => one.namespace === to && one.ifindex === ifindex);
  const index = isTaken ? nextIfindex(machine, namespace) : ifindex;
  putDevice(edit, { ...device, namespace: to, name, ifindex: index, ...settingsFor(machine, namespace) });
  if (isTaken) putNamespace(edit, { ...namespace, nextIfindex: index + 1 });
};
