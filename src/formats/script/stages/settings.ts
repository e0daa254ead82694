import { type Device, isIpvlan, isMacvlan } from '../../../model/device.ts';
import { childrenOf } from '../../../model/find.ts';
import { type Namespace, ROOT } from '../../../model/network.ts';
import type { LinkChanges } from '../../../model/operation.ts';
import { CONF4_DEFAULTS, isConf6, NEIGH_DEFAULTS } from '../../../model/sysctl.ts';
import {
  builtDevice,
  builtNamespace,
  differing,
  emit,
  namespaceNamed,
  namespacesOf,
  placeIn,
  placeOf,
  type Target,
  targetDevices,
} from '../target.ts';

type Values = Readonly<Partial<Record<string, number>>>;

/** Keys whose value under `all` is written to all others too, and with them: they go first. */
const SPREADING = ['forwarding', 'disable_ipv6'];

/** What differs between two sets of values, defaults counted, as pairs of key and value. */
const changed = (wanted: Values, now: Values, defaults: Values): readonly (readonly [string, number])[] => {
  const keys = [...new Set([...SPREADING, ...Object.keys(wanted), ...Object.keys(now)])];
  return keys.flatMap((key) => {
    const value = wanted[key] ?? defaults[key];
    return value === undefined || value === (now[key] ?? defaults[key]) ? [] : [[key, value] as const];
  });
};

const write = (target: Target, namespace: Namespace, key: string, value: string | number): void => {
  emit(target, { op: 'sysctl.set', at: placeOf(target, namespace), key, value: `${value}` });
};

/** Dots part a key, so a dot in a name is a slash. */
const keyName = (name: string): string => name.replaceAll('.', '/');

export const setSysctls = (target: Target): void => {
  for (const namespace of namespacesOf(target)) {
    for (const [key, value] of Object.entries(namespace.sysctls))
      if (builtNamespace(target, namespace)?.sysctls[key] !== value) write(target, namespace, key, value);
    setCommon(target, namespace);
  }
  for (const device of targetDevices(target)) setDevice(target, device);
  setNeighbourDefaults(target, namespaceNamed(target.machine, ROOT)!);
};

const setCommon = (target: Target, namespace: Namespace): void => {
  for (const who of ['all', 'default'] as const)
    for (const version of [4, 6] as const)
      for (const [key, value] of changed(
        namespace.conf[`${who}${version}`],
        builtNamespace(target, namespace)?.conf[`${who}${version}`] ?? {},
        CONF4_DEFAULTS,
      ))
        write(target, namespace, confKey(version, who, key), value);
};

/** IPv4 forwarding for all has a name of its own, which everybody knows. */
const confKey = (version: 4 | 6, who: string, key: string): string =>
  version === 4 && who === 'all' && key === 'forwarding'
    ? 'net.ipv4.ip_forward'
    : `net.ipv${isConf6(key as keyof typeof CONF4_DEFAULTS) ? 6 : version}.conf.${who}.${key}`;

const setDevice = (target: Target, device: Device): void => {
  const namespace = namespaceNamed(target.machine, device.namespace)!;
  const now = builtDevice(target, device);
  if (!now) return;
  const name = keyName(device.name);
  for (const version of [4, 6] as const) {
    for (const [key, value] of changed(device[`conf${version}`], now[`conf${version}`], CONF4_DEFAULTS))
      write(target, namespace, confKey(version, name, key), value);
    for (const [key, value] of changed(device[`neigh${version}`], now[`neigh${version}`], NEIGH_DEFAULTS))
      write(target, namespace, `net.ipv${version}.neigh.${name}.${key}`, value);
  }
};

/** How a new device treats its neighbours is the first namespace's to say; other namespaces copy it as they are made. */
export const setNeighbourDefaults = (target: Target, wanted: Namespace): void => {
  const root = namespaceNamed(target.machine, ROOT)!;
  for (const version of [4, 6] as const) {
    const now = builtNamespace(target, root)?.conf[`neigh${version}`] ?? {};
    for (const [key, value] of changed(wanted.conf[`neigh${version}`], now, NEIGH_DEFAULTS))
      write(target, root, `net.ipv${version}.neigh.default.${key}`, value);
  }
};

/** Parents come before their children, and VLANs go up with their parent. */
export const bringUp = (target: Target): void => {
  for (const device of targetDevices(target)) {
    const { up } = device;
    if (builtDevice(target, device)?.up !== up) setLink(target, device, { up });
  }
};

/**
 * Before Linux 6.12 an ipvlan child keeps its carrier while its parent goes down (ipvlan_main.c:ipvlan_device_event): the
 * parent of one that has it has been up.
 */
export const keepCarrier = (target: Target): void => {
  for (const device of targetDevices(target)) {
    const now = builtDevice(target, device);
    if (!isIpvlan(device) || !device.carrier || (now && isIpvlan(now) && now.carrier)) continue;
    const parent = target.machine.devices[device.parent]!;
    if (parent.up) continue;
    setLink(target, parent, { up: true });
    setLink(target, parent, { up: false });
  }
};

const setLink = (target: Target, device: Device, changes: LinkChanges): void => {
  emit(target, { op: 'link.set', at: placeIn(target, device), device: device.name, changes });
};

/** A parent may take the address of a child that is up; a child that is to go up may not have its parent's. */
export const clashesWithChild = (target: Target, device: Device): boolean =>
  childrenOf(target.machine, device.id).some(
    (child) => isMacvlan(child) && child.up && child.mode !== 'passthru' && child.mac === device.mac,
  );

export const setFlags = (target: Target): void => {
  for (const device of targetDevices(target)) {
    const now = builtDevice(target, device);
    if (!now) continue;
    if (clashesWithChild(target, device)) setLink(target, device, { mac: device.mac });
    const { noarp, promisc, allmulti, multicast, group, txQueueLength, alias = '' } = device;
    const changes = differing(
      { noarp, promisc, allmulti, multicast, group, txQueueLength, alias },
      { ...now, alias: now.alias ?? '' },
    );
    if (Object.keys(changes).length > 0) setLink(target, device, changes);
  }
};
