import { type Device, isIpvlan } from '../../src/model/device.ts';
import { devicesOf } from '../../src/model/find.ts';
import { hasCarrier, isRunning } from '../../src/model/link-state.ts';
import type { Machine, Namespace, Network, Route } from '../../src/model/network.ts';
import { NEIGH_DEFAULTS, type NeighConf } from '../../src/model/sysctl.ts';

/**
 * What a script makes in the order of the original, a model file makes in its own. It does not say which link-local
 * addresses the kernel made and how it numbers ipvlan siblings, nor for which VLANs the bridge has an entry.
 */
export type Order = 'as made' | 'by name';

/**
 * A network without what no command can choose: the model's own numbers for devices, the numbers by which namespaces
 * call each other, and the numbers of bridge ports, of which only the order is kept. The order of routes counts only
 * among those that compete. What a device remembers of earlier times does not count, for only `ip` tells it; nor the
 * address that a bridge takes from its ports; nor whether the kernel has made a link-local address, or was
 * about to; nor entries that were learned.
 */
export const comparable = (network: Network, order: Order = 'as made'): unknown => ({
  kernel: network.kernel,
  machines: Object.values(network.machines).map((machine) => comparableMachine(machine, order)),
  cables: network.cables.map(({ ends }) =>
    ends.map(({ machine, device }) => `${machine}/${network.machines[machine]?.devices[device]?.name}`),
  ),
});

const comparableMachine = (machine: Machine, order: Order): unknown => {
  const devices = devicesOf(machine).map((device) => comparableDevice(machine, device, order));
  const isLo = (one: { kind: unknown }): boolean => one.kind === 'loopback';
  const namespaces = machine.namespaces.map((one) => comparableNamespace(machine, one, order));
  return {
    name: machine.name,
    role: machine.role,
    ipv6: machine.ipv6,
    namespaces: Object.fromEntries(namespaces.map((one) => [one.name, one])),
    loopbacks: Object.fromEntries(devices.filter(isLo).map((one) => [one.id, one])),
    devices: devices
      .filter((one) => !isLo(one))
      .sort((a, b) => (order === 'as made' ? 0 : `${a.id}`.localeCompare(`${b.id}`))),
  };
};

/** A bridge takes its address and its size from its ports, and has drawn one before; its children may have that too. */
const fromPorts = (device: Device | undefined): boolean => device?.kind === 'bridge' && !device.macSet;
const macText = (machine: Machine, device: Device): string => {
  const parent = 'parent' in device ? machine.devices[device.parent] : undefined;
  if (fromPorts(device)) return 'OF ITS PORTS';
  return fromPorts(parent) && parent?.mac === device.mac ? 'OF ITS PARENT' : device.mac;
};

const idText = (machine: Machine, id: number | undefined): string | undefined => {
  const device = id === undefined ? undefined : machine.devices[id];
  return device && `${device.namespace}:${device.name}`;
};

/** A setting that says what holds anyway is as good as none. */
const changed = (conf: NeighConf): unknown =>
  Object.fromEntries(Object.entries(conf).filter(([key, value]) => value !== NEIGH_DEFAULTS[key as keyof NeighConf]));

/** Whether a bridge that is down now had ports that ran when it was up, nobody can see any more. */
const hasCarrierOfABridge = (machine: Machine, device: Device): boolean => {
  const parent = isIpvlan(device) ? machine.devices[device.parent] : undefined;
  return parent?.kind === 'bridge' && !parent.up;
};

const comparableDevice = (machine: Machine, device: Device, order: Order) => {
  const { id, master, port, neigh4, neigh6, queued: _queued, permanentMac: _came, ...rest } = device;
  const beside = devicesOf(machine).filter((one) => one.master !== undefined && one.master === master);
  const rank = port && beside.filter((one) => (one.port?.joined ?? 0) < port.joined).length;
  return {
    ...rest,
    // Of ipvlan it tells, before Linux 6.12, whether the parent was once up, which a model file has no words for.
    carrier: !device.up || (order === 'by name' && isIpvlan(device)) ? 'ANY' : hasCarrier(device),
    id: idText(machine, id),
    addresses: device.addresses
      .filter(({ protocol }) => order === 'as made' || protocol !== 'kernel_ll')
      .map(({ protocol: _protocol, ...address }) => address),
    mac: macText(machine, device),
    mtu: device.kind === 'bridge' && !device.mtuSet ? 'OF ITS PORTS' : device.mtu,
    master: idText(machine, master),
    // A port that does not run cannot be told its state; one that is forgotten is the usual one.
    port: port && { ...port, state: isRunning(device) ? port.state : 'ANY', number: 0, joined: rank },
    ...('parent' in device ? { parent: idText(machine, device.parent) } : {}),
    ...('peer' in device ? { peer: idText(machine, device.peer) } : {}),
    ...(device.kind === 'bridge'
      ? {
          fdb: device.fdb
            .filter(({ state, vlan }) => state !== 'dynamic' && (order === 'as made' || vlan === 0))
            .map((one) => JSON.stringify({ ...one, device: idText(machine, one.device) }))
            .sort(),
        }
      : {}),
    ...(hasCarrierOfABridge(machine, device) ? { carrier: 'ANY' } : {}),
    neigh4: changed(neigh4),
    neigh6: changed(neigh6),
    ...(order === 'by name'
      ? { devId: 0, ipvlanPort: device.ipvlanPort && { ...device.ipvlanPort, nextDevId: 0 } }
      : {}),
  };
};

const comparableNamespace = (machine: Machine, { nsids: _nsids, ...namespace }: Namespace, order: Order) => {
  const key = ({ family, table, destination, length, metric, tos = 0, device }: Route): string =>
    [family, table, destination, length, metric, tos, family === 6 ? idText(machine, device) : ''].join(' ');
  return {
    ...namespace,
    conf: { ...namespace.conf, neigh4: changed(namespace.conf.neigh4), neigh6: changed(namespace.conf.neigh6) },
    routes: namespace.routes
      .filter(({ destination, table }) => !(destination === 'ff00::' && table === 'local'))
      .filter(({ destination }) => order === 'as made' || !destination.startsWith('fe80:'))
      .toSorted((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0))
      .map(({ onlink, ...route }) => ({
        ...route,
        // Where there is no way on there is no link either.
        ...(route.via === undefined ? {} : { onlink }),
        device: idText(machine, route.device),
      })),
    neighbours: namespace.neighbours.map((one) => ({ ...one, device: idText(machine, one.device) })),
    proxies: namespace.proxies.map((one) => ({ ...one, device: idText(machine, one.device) })),
  };
};
