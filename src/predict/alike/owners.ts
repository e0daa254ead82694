import { type Device, isIpvlan, isMacvlan } from '../../model/device.ts';
import type { Ip } from '../../model/ip.ts';
import { isGroupMac, type Mac } from '../../model/mac.ts';
import type { Machine, Network } from '../../model/network.ts';

/** Who has which address, and who is spoken of. */
export type Owners = {
  /** Another device has the same address, so that it matters which of them comes first. */
  readonly isContested: (device: Device) => boolean;
  /** A hardware address that something besides its device names. */
  readonly isNamed: (mac: Mac) => boolean;
};

/** Devices whose hardware address is another one's by design: that is no quarrel. */
const borrowsMac = (machine: Machine, device: Device): boolean => {
  if (device.kind === 'loopback' || isIpvlan(device)) return true;
  if (device.kind === 'bridge')
    return Object.values(machine.devices).some((port) => port.master === device.id && port.mac === device.mac);
  if (device.kind === 'vlan' || isMacvlan(device)) return machine.devices[device.parent]?.mac === device.mac;
  return false;
};

const increase = <T>(counts: Map<T, number>, key: T): void => {
  counts.set(key, (counts.get(key) ?? 0) + 1);
};

export const ownersIn = (network: Network): Owners => {
  const macs = new Map<Mac, number>();
  const ips = new Map<Ip, number>();
  const named = new Set<Mac>();
  for (const machine of Object.values(network.machines)) {
    for (const device of Object.values(machine.devices)) {
      if (borrowsMac(machine, device)) named.add(device.mac);
      else increase(macs, device.mac);
      if (device.kind !== 'loopback') for (const { local } of device.addresses) increase(ips, local);
      for (const mac of macsIn(device)) named.add(mac);
    }
    for (const { neighbours } of Object.values(machine.namespaces)) for (const { mac } of neighbours) named.add(mac);
  }
  const several = <T>(counts: ReadonlyMap<T, number>, key: T): boolean => (counts.get(key) ?? 0) > 1;
  return {
    isContested: (device) =>
      device.kind !== 'loopback' &&
      (several(macs, device.mac) || device.addresses.some(({ local }) => several(ips, local))),
    isNamed: (mac) => named.has(mac) || several(macs, mac) || isGroupMac(mac),
  };
};

/** The addresses that a device's settings speak of. */
const macsIn = (device: Device): readonly Mac[] => {
  if (device.kind === 'bridge') return device.fdb.map(({ mac }) => mac);
  return isMacvlan(device) ? device.sources : [];
};
