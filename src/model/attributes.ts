import { ownAddressOfBridge, ownMtuOfBridge } from './bridge-ports.ts';
import type { Device, DeviceId } from './device.ts';
import { deviceOf, type Edit, machineOf, putDevice } from './edit.ts';
import { childrenOf } from './find.ts';
import { forgetNeighbours } from './inet4.ts';
import { kindOf } from './kinds/index.ts';
import type { Verdict } from './kinds/kind.ts';
import { isValidStationMac, type Mac } from './mac.ts';
import { refuse } from './refusal.ts';

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
export const assignMac = (edit: Edit, id: DeviceId, mac: Mac): void => {
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
