import type { Bridge, BridgePort } from '../../../model/device.ts';
import { macNumber } from '../../../model/mac.ts';
import type { BridgeState, FdbEntry, NetDev, World } from '../../world.ts';

export const portOf = (dev: NetDev): BridgePort => dev.port!;
export const bridgeOf = (dev: NetDev): Bridge => dev.device as Bridge;

export const fdbOf = (bridge: BridgeState, vlan: number): Map<number, FdbEntry> => {
  const known = bridge.fdb.get(vlan);
  if (known) return known;
  const fresh = new Map<number, FdbEntry>();
  bridge.fdb.set(vlan, fresh);
  return fresh;
};

const aged = (world: World, bridge: NetDev, entry: FdbEntry): boolean =>
  entry.kind === 'dynamic' && world.clock.now() >= entry.updated + bridge.bridge!.ageing;

/** Where a bridge finds an address (net/bridge/br_fdb.c:br_fdb_find_rcu). */
export const findFdb = (world: World, bridge: NetDev, mac: number, vlan: number): FdbEntry | undefined => {
  const entries = bridge.bridge!.fdb.get(vlan);
  const entry = entries?.get(mac);
  if (!entry || !entries) return undefined;
  if (aged(world, bridge, entry)) {
    entries.delete(mac);
    return undefined;
  }
  return entry;
};

/** Learns from a source address: entries move at once unless they are sticky or the bridge's own (br_fdb.c:br_fdb_update). */
export const learn = (world: World, bridge: NetDev, port: NetDev, mac: number, vlan: number): void => {
  if (bridge.bridge!.ageing === 0) return;
  const now = world.clock.now();
  const entry = findFdb(world, bridge, mac, vlan);
  if (entry) {
    if (entry.kind === 'local') return;
    entry.updated = now;
    if (entry.port === port || entry.sticky) return;
    entry.port = port;
  } else {
    fdbOf(bridge.bridge!, vlan).set(mac, { mac, vlan, port, kind: 'dynamic', sticky: false, updated: now, used: now });
  }
  if (world.listener) world.listener({ kind: 'learned', time: now, at: bridge.spot, mac, vlan, port: port.spot });
};

/** Forgets what was learned at a port that went down or left (net/bridge/br_fdb.c:br_fdb_delete_by_port). */
export const flushPort = (bridge: NetDev | undefined, port: NetDev): void => {
  for (const entries of bridge?.bridge?.fdb.values() ?? [])
    for (const [mac, entry] of entries) if (entry.port === port && entry.kind === 'dynamic') entries.delete(mac);
};

/**
 * Lays in what is not learned: the addresses of the bridge and its ports, which are local, and what a person entered.
 * A static entry that roamed stays where it was last seen.
 */
export const syncFdb = (world: World, bridge: NetDev): void => {
  const state = bridge.bridge!;
  const now = world.clock.now();
  const roamed = new Map<string, NetDev | undefined>();
  for (const [vlan, entries] of state.fdb)
    for (const [mac, entry] of entries) {
      if (entry.kind === 'dynamic') continue;
      if (entry.kind === 'static') roamed.set(`${vlan} ${mac}`, entry.port);
      entries.delete(mac);
    }
  const put = (mac: number, vlan: number, port: NetDev | undefined, kind: FdbEntry['kind'], sticky = false): void => {
    fdbOf(state, vlan).set(mac, { mac, vlan, port, kind, sticky, updated: now, used: now });
  };
  const vlansOf = (dev: NetDev): readonly number[] => [
    0,
    ...(dev === bridge ? bridgeOf(bridge).vlans : portOf(dev).vlans).map(({ vid }) => vid),
  ];
  for (const port of state.ports) for (const vlan of vlansOf(port)) put(port.mac, vlan, port, 'local');
  for (const vlan of vlansOf(bridge)) put(bridge.mac, vlan, undefined, 'local');
  for (const entry of bridgeOf(bridge).fdb) {
    const port = state.ports.find((each) => each.id === entry.device);
    const mac = macNumber(entry.mac);
    if (entry.state === 'permanent') put(mac, entry.vlan, port, 'local');
    else if (entry.state === 'static')
      put(mac, entry.vlan, roamed.get(`${entry.vlan} ${mac}`) ?? port, 'static', entry.sticky);
  }
};
