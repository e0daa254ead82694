import { type Device, isIpvlan, isMacvlan } from '../../../model/device.ts';
import { childrenOf, namespaceNamed } from '../../../model/find.ts';
import { hasCarrier } from '../../../model/link-state.ts';
import { type Namespace, ROOT } from '../../../model/network.ts';
import type { LinkChanges } from '../../../model/operation.ts';
import { confSettings, neighSettings, type Setting } from '../../phrases/sysctl.ts';
import {
  builtDevice,
  builtNamespace,
  differing,
  emit,
  namespacesOf,
  placeIn,
  placeOf,
  type Target,
  targetDevices,
} from '../target.ts';

/** Some settings bring others along, so there is a second look. */
const write = (target: Target, namespace: Namespace, look: () => readonly Setting[]): void => {
  for (let round = 0; round < 2; round++)
    for (const [key, value] of look())
      emit(target, { op: 'sysctl.set', at: placeOf(target, namespace), key, value: `${value}` });
};

export const setSysctls = (target: Target): void => {
  for (const namespace of namespacesOf(target)) {
    write(target, namespace, () =>
      Object.entries(namespace.sysctls).filter(
        ([key, value]) => builtNamespace(target, namespace)?.sysctls[key] !== value,
      ),
    );
    for (const who of ['all', 'default'] as const) setCommon(target, namespace, who);
  }
  for (const device of targetDevices(target)) setDevice(target, device);
  setNeighbourDefaults(target, namespaceNamed(target.machine, ROOT)!);
};

const VERSIONS = [4, 6] as const;

const setCommon = (target: Target, namespace: Namespace, who: 'all' | 'default'): void => {
  for (const version of VERSIONS)
    write(target, namespace, () => {
      const now = builtNamespace(target, namespace)?.conf[`${who}${version}`] ?? {};
      return confSettings(version, who, namespace.conf[`${who}${version}`], now);
    });
};

const setDevice = (target: Target, device: Device): void => {
  const namespace = namespaceNamed(target.machine, device.namespace)!;
  for (const version of VERSIONS)
    write(target, namespace, () => {
      const now = builtDevice(target, device) ?? device;
      return [
        ...confSettings(version, device.name, device[`conf${version}`], now[`conf${version}`]),
        ...neighSettings(version, device.name, device[`neigh${version}`], now[`neigh${version}`]),
      ];
    });
};

/** How a new device treats its neighbours is the first namespace's to say; other namespaces copy it as they are made. */
export const setNeighbourDefaults = (target: Target, wanted: Namespace): void => {
  const root = namespaceNamed(target.machine, ROOT)!;
  for (const version of VERSIONS)
    write(target, root, () => {
      const now = builtNamespace(target, root)?.conf[`neigh${version}`] ?? {};
      return neighSettings(version, 'default', wanted.conf[`neigh${version}`], now);
    });
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
    if (!isIpvlan(device) || !now || hasCarrier(device) === hasCarrier(now)) continue;
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
