import type { Bridge, BridgePort, PortVlan } from '../../../model/device.ts';
import { macNumber } from '../../../model/mac.ts';
import type { Time } from '../../event.ts';
import type { BridgeState, FdbEntry, NetDev, World } from '../../world.ts';

export const portOf = (dev: NetDev): BridgePort => dev.port!;
export const bridgeOf = (dev: NetDev): Bridge => dev.device as Bridge;

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
    enter(bridge.bridge!, { mac, vlan, port, kind: 'dynamic', sticky: false }, now);
  }
  if (world.listener) world.listener({ kind: 'learned', time: now, at: bridge.spot, mac, vlan, port: port.spot });
};

/** Forgets what was learned at a port that went down or left (net/bridge/br_fdb.c:br_fdb_delete_by_port). */
export const flushPort = (bridge: NetDev | undefined, port: NetDev): void => {
  for (const entries of bridge?.bridge?.fdb.values() ?? [])
    for (const [mac, entry] of entries) if (entry.port === port && entry.kind === 'dynamic') entries.delete(mac);
};

type Entered = Pick<FdbEntry, 'mac' | 'vlan' | 'port' | 'kind' | 'sticky'>;

/** What nobody learned: the addresses of the bridge and its ports, for each of their VLANs, and what a person entered. */
const entered = (bridge: NetDev): readonly Entered[] => {
  const { ports } = bridge.bridge!;
  const own = (dev: NetDev, port: NetDev | undefined, vlans: readonly PortVlan[]): readonly Entered[] =>
    [0, ...vlans.map(({ vid }) => vid)].map((vlan) => ({ mac: dev.mac, vlan, port, kind: 'local', sticky: false }));
  const byHand = bridgeOf(bridge).fdb.filter(({ state }) => state !== 'dynamic');
  return [
    ...ports.toReversed().flatMap((port) => own(port, port, portOf(port).vlans)),
    ...own(bridge, undefined, bridgeOf(bridge).vlans),
    ...byHand.map(({ mac, vlan, device, state, sticky = false }): Entered => {
      const port = ports.find((each) => each.id === device);
      return { mac: macNumber(mac), vlan, port, kind: state === 'permanent' ? 'local' : 'static', sticky };
    }),
  ];
};

/** Brings the database up to date with what is entered. A static entry that roamed stays where it was last seen. */
export const syncFdb = (world: World, bridge: NetDev): void => {
  const state = bridge.bridge!;
  const wanted = new Map(entered(bridge).map((each) => [`${each.vlan} ${each.mac}`, each]));
  for (const [vlan, entries] of state.fdb)
    for (const [mac, entry] of entries)
      if (entry.kind !== 'dynamic' && !wanted.has(`${vlan} ${mac}`)) entries.delete(mac);
  for (const want of wanted.values()) {
    const known = state.fdb.get(want.vlan)?.get(want.mac);
    const roams = want.kind === 'static' && !want.sticky;
    const same = known?.kind === want.kind && known.sticky === want.sticky && (roams || known.port === want.port);
    if (!same) enter(state, want, world.changedAt);
  }
};

/** A new entry, at the head of the list. */
export const enter = (state: BridgeState, entry: Entered, now: Time): void => {
  const entries = state.fdb.get(entry.vlan) ?? new Map<number, FdbEntry>();
  state.fdb.set(entry.vlan, entries);
  entries.set(entry.mac, { ...entry, serial: state.serial++, updated: now, used: now });
};
