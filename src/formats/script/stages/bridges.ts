import type { Bridge, BridgePort, Device, PortVlan, StaticFdbEntry } from '../../../model/device.ts';
import { portsOf } from '../../../model/find.ts';
import type { OperationOf } from '../../../model/operation.ts';
import { withFiller } from '../../builder.ts';
import { builtDevice, differing, emit, nameOf, placeIn, type Target, targetDevices } from '../target.ts';

const bridgesOf = (target: Target): readonly Bridge[] =>
  targetDevices(target).filter((device): device is Bridge => device.kind === 'bridge');

/** Ports join in the order in which they once did. */
export const joinPorts = (target: Target): void => {
  for (const bridge of bridgesOf(target)) {
    const at = placeIn(target, bridge);
    for (const { name } of portsOf(target.machine, bridge.id).toReversed())
      emit(target, { op: 'link.set', at, device: name, changes: { master: bridge.name } });
    setVlans(target, bridge, bridge.vlans);
  }
  for (const device of targetDevices(target)) if (device.port) setPort(target, device, device.port);
};

/** The state waits until the port is up; `proxy_arp` is not among the words of `bridge link set`. */
const setPort = (target: Target, device: Device, port: BridgePort): void => {
  const { number: _n, joined: _j, vlans, state: _state, ...settings } = port;
  const now = builtDevice(target, device)?.port;
  const { proxyArp, proxyArpWifi, ...changes } = now ? differing(settings, now) : {};
  const slave = {
    ...(proxyArp === undefined ? {} : { proxyArp }),
    ...(proxyArpWifi === undefined ? {} : { proxyArpWifi }),
  };
  const at = placeIn(target, device);
  if (Object.keys(changes).length > 0) emit(target, { op: 'port.set', at, device: device.name, changes });
  if (Object.keys(slave).length > 0)
    emit(target, { op: 'link.set', at, device: device.name, changes: { port: slave } });
  setVlans(target, device, vlans);
};

const sameVlan = (a: PortVlan, b: PortVlan): boolean =>
  a.vid === b.vid && a.pvid === b.pvid && a.untagged === b.untagged;

const setVlans = (target: Target, device: Device, vlans: readonly PortVlan[]): void => {
  const built = builtDevice(target, device);
  const now = device.port ? built?.port?.vlans : built?.kind === 'bridge' ? built.vlans : [];
  const at = placeIn(target, device);
  const self = device.port ? {} : { self: true };
  for (const { vid } of (now ?? []).filter((one) => !vlans.some((vlan) => vlan.vid === one.vid)))
    emit(target, { op: 'vlan.del', at, device: device.name, vid, ...self });
  for (const vlan of vlans.filter((one) => !now?.some((there) => sameVlan(there, one))))
    emit(target, { op: 'vlan.add', at, device: device.name, ...vlan, ...self });
};

/** What needs ports that are up: their state, and the forwarding database. */
export const finishBridges = (target: Target): void => {
  for (const bridge of bridgesOf(target)) {
    for (const port of portsOf(target.machine, bridge.id)) setState(target, port);
    addEntries(target, bridge);
    const isBare = bridge.hadPorts && portsOf(target.machine, bridge.id).length === 0;
    // Having lost its last port a bridge has no carrier, which one that never had a port has.
    if (isBare)
      withFiller(
        target.builder,
        {
          op: 'link.add',
          at: placeIn(target, bridge),
          options: { kind: 'dummy' },
          attributes: { master: bridge.name },
        },
        () => undefined,
      );
  }
};

const setState = (target: Target, device: Device): void => {
  const state = device.port?.state;
  if (state === undefined || state === builtDevice(target, device)?.port?.state) return;
  emit(target, { op: 'port.set', at: placeIn(target, device), device: device.name, changes: { state } });
};

const entriesOf = (target: Target, bridge: Bridge): readonly StaticFdbEntry[] => {
  const built = builtDevice(target, bridge);
  return built?.kind === 'bridge' ? built.fdb : [];
};

const builtId = (target: Target, id: number): number | undefined =>
  builtDevice(target, target.machine.devices[id]!)?.id;

const isSame = (a: StaticFdbEntry, b: StaticFdbEntry): boolean => a.mac === b.mac && a.vlan === b.vlan;

/** Without a VLAN an entry is made for untagged frames and for each VLAN; those that are too many go again. */
const addEntries = (target: Target, bridge: Bridge): void => {
  for (const entry of bridge.fdb.toSorted((a, b) => a.vlan - b.vlan)) {
    const { mac, state, sticky, vlan } = entry;
    const now = entriesOf(target, bridge).find((there) => isSame(there, entry));
    if (now && now.state === state && now.sticky === sticky && now.device === builtId(target, entry.device)) continue;
    const place = entryPlace(target, bridge, entry);
    const more = { ...(vlan === 0 ? {} : { vlan }), ...(sticky ? { sticky } : {}) };
    emit(target, { op: 'fdb.add', ...place, how: 'replace', mac, state, ...more });
  }
  for (const entry of entriesOf(target, bridge)) {
    if (entry.vlan === 0 || bridge.fdb.some((wanted) => isSame(wanted, entry))) continue;
    const device = target.machine.devices[bridge.fdb.find(({ mac }) => mac === entry.mac)?.device ?? bridge.id]!;
    emit(target, {
      op: 'fdb.del',
      ...entryPlace(target, bridge, { ...entry, device: device.id }),
      mac: entry.mac,
      vlan: entry.vlan,
    });
  }
};

const entryPlace = (
  target: Target,
  bridge: Bridge,
  entry: StaticFdbEntry,
): Pick<OperationOf<'fdb.add'>, 'at' | 'device' | 'target'> => ({
  at: placeIn(target, bridge),
  device: nameOf(target, entry.device),
  target: entry.device === bridge.id ? 'self' : 'master',
});
