import { assertNever } from '../../base/assert-never.ts';
import type { Bridge, Device, NamespaceName } from '../../model/device.ts';
import { devicesIn, devicesOf, portsOf } from '../../model/find.ts';
import { BRIDGE_DEFAULTS } from '../../model/kinds/bridge.ts';
import { DEFAULT_KERNEL, type Machine, type Namespace, type Network, ROOT, type Route } from '../../model/network.ts';
import { BRIDGE_WORDS, renamed } from '../phrases/settings.ts';
import { addressTexts, fdbTexts, neighbourTexts, routeTexts } from './describe-phrases.ts';
import type { DeviceSpec, MachineSpec, ModelFile, NamespaceSpec } from './schema.ts';

/** What has to be said although there is a default: by the place in the file, `host / eth0`, and the key. */
export type Said = ReadonlyMap<string, Readonly<Record<string, unknown>>>;
export const placeKey = (...parts: readonly string[]): string => parts.join(' ');

/** A network as a model file: what is always said, and what `said` holds besides. */
export const describe = (network: Network, said: Said): ModelFile => {
  const machines = Object.values(network.machines);
  const isSix = machines.length > 0 && machines.every(({ ipv6 }) => ipv6);
  return {
    ...(network.kernel === DEFAULT_KERNEL ? {} : { kernel: network.kernel }),
    ...(isSix ? { ipv6: true } : {}),
    machines: Object.fromEntries(machines.map((one) => [one.name, machineSpec(one, isSix, said)])),
    ...(network.cables.length > 0
      ? { cables: network.cables.map(({ ends }) => [cardName(network, ends[0]), cardName(network, ends[1])]) }
      : {}),
  };
};

const cardName = ({ machines }: Network, { machine, device }: Network['cables'][number]['ends'][0]): string =>
  `${machine}/${machines[machine]?.devices[device]?.name}`;

const machineSpec = (machine: Machine, isSix: boolean, said: Said): MachineSpec => {
  const { namespaces } = machine;
  const home = namespaces.find(({ name }) => name === ROOT);
  const others = namespaces.filter((one) => one !== home);
  return {
    ...(machine.role === 'host' ? {} : { role: machine.role }),
    ...(machine.ipv6 === isSix ? {} : { ipv6: machine.ipv6 }),
    ...(home ? namespaceSpec(machine, home, said) : {}),
    ...(others.length > 0
      ? { namespaces: Object.fromEntries(others.map((one) => [one.name, namespaceSpec(machine, one, said)])) }
      : {}),
  };
};

const namespaceSpec = (machine: Machine, namespace: Namespace, said: Said): NamespaceSpec => {
  const inHere = devicesOf(machine).filter((device) => device.namespace === namespace.name);
  const devices = inOrder(inHere, namespace.routes).map((one) => [one.name, deviceSpec(machine, one, said)] as const);
  const worthIt = devices.filter(([, spec]) => spec.kind !== 'loopback' || Object.keys(spec).length > 1);
  const routes = routeTexts(machine, namespace);
  const neighbours = neighbourTexts(machine, namespace);
  return {
    ...(worthIt.length > 0 ? { devices: Object.fromEntries(worthIt) } : {}),
    ...(routes.length > 0 ? { routes } : {}),
    ...(neighbours.length > 0 ? { neighbours } : {}),
    ...said.get(placeKey(machine.name, namespace.name)),
  };
};

/**
 * In the order of their making, except that those with subnets are in the order of these: of two routes to one subnet
 * the first counts, and addresses are given in the order of the file.
 */
const inOrder = (devices: readonly Device[], routes: readonly Route[]): readonly Device[] => {
  const made = devices.toSorted((a, b) => rank(a) - rank(b));
  const connected = new Set(
    routes.flatMap(({ protocol, table, device }) => (protocol === 'kernel' && table === 'main' ? device : []) ?? []),
  );
  const subnets = [...connected].flatMap((id) => made.filter((device) => device.id === id));
  return made.map((device) => (connected.has(device.id) ? subnets.shift()! : device));
};

/** Of a pair the end that has the other made with it comes first. */
const rank = (device: Device): number =>
  device.kind === 'veth' ? Math.max(device.id, device.peer) - (device.id > device.peer ? 0.5 : 0) : device.id;

const deviceSpec = (machine: Machine, device: Device, said: Said): DeviceSpec => {
  const address = addressTexts(device);
  return {
    ...kindSpec(machine, device, said),
    ...(address.length > 0 ? { address: address.length === 1 ? address[0]! : address } : {}),
    ...(device.up ? {} : { up: false }),
    ...(device.alias === undefined ? {} : { alias: device.alias }),
    ...said.get(placeKey(machine.name, device.namespace, device.name)),
  } as DeviceSpec;
};

const kindSpec = (machine: Machine, device: Device, said: Said): DeviceSpec => {
  switch (device.kind) {
    case 'loopback':
    case 'nic':
    case 'dummy':
      return { kind: device.kind };
    case 'veth':
      return { kind: 'veth', peer: deviceName(machine, device.namespace, device.peer) };
    case 'vlan': {
      const { vid: id, protocol } = device;
      const parent = deviceName(machine, device.namespace, device.parent);
      return { kind: 'vlan', parent, id, ...(protocol === '802.1Q' ? {} : { protocol }) };
    }
    case 'bridge':
      return bridgeSpec(machine, device, said);
    case 'ipvlan':
    case 'ipvtap': {
      const { mode = 'l3', flag = 'bridge' } = machine.devices[device.parent]?.ipvlanPort ?? {};
      const parent = deviceName(machine, device.namespace, device.parent);
      return { kind: device.kind, parent, mode, ...(flag === 'bridge' ? {} : { flag }) };
    }
    case 'macvlan':
    case 'macvtap': {
      const { kind, mode, nopromisc, nodst, sources, bcQueueLength, bcLimit } = device;
      return {
        kind,
        parent: deviceName(machine, device.namespace, device.parent),
        mode,
        ...(nopromisc ? { nopromisc } : {}),
        ...(nodst ? { nodst } : {}),
        ...(sources.length > 0 ? { sources: [...sources] } : {}),
        ...(bcQueueLength === 1000 ? {} : { bcqueuelen: bcQueueLength }),
        ...(bcLimit === 1 ? {} : { bclim: bcLimit }),
      };
    }
    default:
      return assertNever(device);
  }
};

/** The shortest name that leads to a device from a namespace. */
const deviceName = (machine: Machine, from: NamespaceName, id: number): string => {
  const { namespace, name } = machine.devices[id]!;
  if (namespace === from) return name;
  if (namespace !== ROOT) return `${namespace}/${name}`;
  return devicesIn(machine, from).some((one) => one.name === name) ? `/${name}` : name;
};

const bridgeSpec = (machine: Machine, device: Bridge, said: Said): DeviceSpec => {
  const ports = portsOf(machine, device.id).toReversed();
  const settings = Object.entries(device.settings).filter(
    ([key, value]) => value !== BRIDGE_DEFAULTS[key as keyof typeof BRIDGE_DEFAULTS],
  );
  const port = ({ name }: Device) => said.get(placeKey(machine.name, device.namespace, name, 'port')) ?? {};
  const fdb = fdbTexts(machine, device);
  return {
    kind: 'bridge',
    ...renamed(BRIDGE_WORDS, Object.fromEntries(settings)),
    ...(ports.length > 0 ? { ports: Object.fromEntries(ports.map((one) => [one.name, port(one)])) } : {}),
    ...(device.hadPorts && ports.length === 0 ? { 'had ports': true } : {}),
    ...(fdb.length > 0 ? { fdb } : {}),
  };
};
