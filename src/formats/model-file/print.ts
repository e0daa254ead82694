import type { Device } from '../../model/device.ts';
import { devicesOf } from '../../model/find.ts';
import { isRunning } from '../../model/link-state.ts';
import { type Machine, type Namespace, type Network, ROOT } from '../../model/network.ts';
import { vlanWords } from '../phrases/bridge.ts';
import { inverse, PORT_WORDS } from '../phrases/settings.ts';
import { confSettings, neighSettings, type Setting } from '../phrases/sysctl.ts';
import { assemble } from './assemble.ts';
import { describe, placeKey } from './describe.ts';
import type { ModelFile } from './schema.ts';
import { yamlOf } from './yaml-text.ts';

export type ModelHead = Pick<ModelFile, 'title' | 'about' | 'run on'>;
type Sayings = Map<string, Record<string, unknown>>;

const MOST_ROUNDS = 40;

/**
 * A network as the text of a model file. What the reader would get right by itself is left out: the file is read back
 * without it, and what comes out different is said.
 */
export const printModel = (network: Network, head: ModelHead = {}): string => {
  const said: Sayings = new Map();
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const built = assemble(describe(network, said), () => undefined).network;
    if (!sayMore(network, built, said)) break;
  }
  const { 'run on': runOn, ...first } = head;
  return yamlOf({ ...first, ...describe(network, said), ...(runOn === undefined ? {} : { 'run on': runOn }) });
};

/** Adds what differs. Settings that others follow are said first, and the others only where they do not. */
const sayMore = (network: Network, built: Network, said: Sayings): boolean => {
  const pairs = Object.values(network.machines).flatMap((machine) => {
    const now = built.machines[machine.name];
    return now ? [[machine, now] as const] : [];
  });
  const some = (say: (machine: Machine, now: Machine, said: Sayings) => boolean): boolean =>
    pairs.map(([machine, now]) => say(machine, now, said)).includes(true);
  const devices = some(sayDevices);
  const settings = some(sayCommon('all')) || some(sayCommon('default')) || some(sayDeviceSettings);
  return devices || settings || some(sayNextIndexes);
};

/** Whether it is something new. */
const say = (said: Sayings, place: string, key: string, value: unknown): boolean => {
  const there = said.get(place) ?? {};
  if (JSON.stringify(there[key]) === JSON.stringify(value)) return false;
  said.set(place, { ...there, [key]: value });
  return true;
};

type Field = readonly [key: string, of: (device: Device) => unknown];

const hasMac = ({ kind }: Device): boolean => kind !== 'loopback' && kind !== 'ipvlan' && kind !== 'ipvtap';

/** A bridge and a VLAN have an address and a size of their own only where a person said so. */
const ownMac = (device: Device): unknown => {
  if (!hasMac(device) || ('macSet' in device && !device.macSet)) return undefined;
  return 'parentMac' in device ? undefined : device.mac;
};
const ownMtu = (device: Device): unknown => (device.kind === 'bridge' && !device.mtuSet ? undefined : device.mtu);

const FIELDS: readonly Field[] = [
  ['mac', ownMac],
  ['mtu', ownMtu],
  ['txqueuelen', ({ txQueueLength }) => txQueueLength],
  ['group', ({ group }) => group],
  ['arp', ({ noarp }) => !noarp],
  ['promisc', ({ promisc }) => promisc],
  ['allmulticast', ({ allmulti }) => allmulti],
  ['multicast', ({ multicast }) => multicast],
];

const twin = (now: Machine, device: Device): Device | undefined =>
  devicesOf(now).find((one) => one.namespace === device.namespace && one.name === device.name);

/** A child has its parent's size unless it says so: the parent comes first. */
const hasParentOfItsSize = (machine: Machine, now: Machine, device: Device): boolean => {
  const parent = 'parent' in device ? machine.devices[device.parent] : undefined;
  return !parent || twin(now, parent)?.mtu === parent.mtu;
};

const sayDevices = (machine: Machine, now: Machine, said: Sayings): boolean => {
  let isNew = false;
  const numbered = new Set<string>();
  for (const device of devicesOf(machine)) {
    const built = twin(now, device);
    if (!built) continue;
    const place = placeKey(machine.name, device.namespace, device.name);
    for (const [key, of] of FIELDS)
      if (key === 'mtu' && !hasParentOfItsSize(machine, now, device)) continue;
      else if (of(device) !== undefined && of(device) !== of(built)) isNew = say(said, place, key, of(device)) || isNew;
    // One number that is said often sets those behind it right.
    if (device.ifindex !== built.ifindex && !numbered.has(device.namespace)) {
      numbered.add(device.namespace);
      isNew = say(said, place, 'index', device.ifindex) || isNew;
    }
    isNew = sayPort(said, placeKey(place, 'port'), device, built) || isNew;
  }
  return isNew;
};

const PORT_KEYS = Object.entries(inverse(PORT_WORDS));

const sayPort = (said: Sayings, place: string, device: Device, built: Device): boolean => {
  let isNew = false;
  const { port } = device;
  for (const [word, key] of PORT_KEYS)
    if (port && built.port && port[key] !== built.port[key] && (key !== 'state' || isRunning(built)))
      isNew = say(said, place, word, port[key]) || isNew;
  const own = device.kind === 'bridge' && !port ? device.vlans : port?.vlans;
  const others = built.kind === 'bridge' && !port ? built.vlans : built.port?.vlans;
  if (!own || JSON.stringify(own) === JSON.stringify(others)) return isNew;
  const where = port ? place : place.replace(/ port$/, '');
  return (
    say(
      said,
      where,
      'vlans',
      own.map((vlan) => vlanWords(vlan).join(' ')),
    ) || isNew
  );
};

const VERSIONS = [4, 6] as const;

const saySysctls = (said: Sayings, machine: Machine, { name }: Namespace, settings: readonly Setting[]): boolean => {
  const place = placeKey(machine.name, name);
  const old = (said.get(place)?.['sysctl'] ?? {}) as Readonly<Record<string, unknown>>;
  return settings.length > 0 && say(said, place, 'sysctl', { ...old, ...Object.fromEntries(settings) });
};

const namespacePairs = (machine: Machine, now: Machine): readonly (readonly [Namespace, Namespace])[] =>
  machine.namespaces.flatMap((one) => {
    const built = now.namespaces.find(({ name }) => name === one.name);
    return built ? [[one, built] as const] : [];
  });

const sayCommon =
  (who: 'all' | 'default') =>
  (machine: Machine, now: Machine, said: Sayings): boolean =>
    namespacePairs(machine, now)
      .map(([namespace, built]) => {
        const own = Object.entries(namespace.sysctls).filter(([key, value]) => built.sysctls[key] !== value);
        const conf = VERSIONS.flatMap((version) => [
          ...confSettings(version, who, namespace.conf[`${who}${version}`], built.conf[`${who}${version}`]),
          ...(who === 'default' && namespace.name === ROOT
            ? neighSettings(version, who, namespace.conf[`neigh${version}`], built.conf[`neigh${version}`])
            : []),
        ]);
        return saySysctls(said, machine, namespace, [...own, ...conf]);
      })
      .includes(true);

const sayDeviceSettings = (machine: Machine, now: Machine, said: Sayings): boolean =>
  namespacePairs(machine, now)
    .map(([namespace]) => {
      const devices = devicesOf(machine).filter((device) => device.namespace === namespace.name);
      const settings = devices.flatMap((device) => {
        const built = twin(now, device);
        if (!built) return [];
        return VERSIONS.flatMap((version) => [
          ...confSettings(version, device.name, device[`conf${version}`], built[`conf${version}`]),
          ...neighSettings(version, device.name, device[`neigh${version}`], built[`neigh${version}`]),
        ]);
      });
      return saySysctls(said, machine, namespace, settings);
    })
    .includes(true);

const sayNextIndexes = (machine: Machine, now: Machine, said: Sayings): boolean =>
  namespacePairs(machine, now)
    .map(
      ([{ name, nextIfindex }, built]) =>
        nextIfindex !== built.nextIfindex && say(said, placeKey(machine.name, name), 'next index', nextIfindex),
    )
    .includes(true);
