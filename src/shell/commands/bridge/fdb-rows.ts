import type { FdbRow, Simulation } from '../../../engine/simulation.ts';
import { type Device, isMacvlan } from '../../../model/device.ts';
import { childrenOf, masterOf } from '../../../model/find.ts';
import { familyOf } from '../../../model/ip.ts';
import type { Mac } from '../../../model/mac.ts';
import type { Machine, Place } from '../../../model/network.ts';
import { devicesAt, machineAt } from '../../iproute/index.ts';

/** An entry of a device's own list of addresses, or of the forwarding database of a bridge. */
export type Entry = {
  readonly device: string;
  readonly mac: Mac;
  readonly vlan: number;
  readonly state: FdbRow['state'];
  readonly sticky: boolean;
  /** The bridge whose database holds it; absent in a device's own list. */
  readonly master?: string;
  readonly ages?: { readonly used: number; readonly updated: number };
};

const ALL_HOSTS = '01:00:5e:00:00:01' as Mac;
const ALL_NODES = '33:33:00:00:00:01' as Mac;
/** Where queriers and snooping switches find each other (net/bridge/br_multicast.c:br_multicast_join_snoopers). */
const ALL_SNOOPERS = ['01:00:5e:00:00:6a' as Mac, '33:33:00:00:00:6a' as Mac];
/** GVRP's, joined with the first VLAN device (net/8021q/vlan.c:register_vlan_dev). */
const GVRP = '01:80:c2:00:00:21' as Mac;

/** An address's own group for neighbour solicitations (RFC 4291). */
const solicitedNode = (ip: string): Mac => {
  const last = (ip.split(':').at(-1) ?? '').padStart(4, '0');
  const before = (ip.split(':').at(-2) ?? '').padStart(4, '0');
  return `33:33:ff:${before.slice(2)}:${last.slice(0, 2)}:${last.slice(2)}` as Mac;
};

/** The addresses of others that a device takes: those of its children that are up (dev_uc_add). */
const unicastOf = (machine: Machine, device: Device): readonly Mac[] =>
  childrenOf(machine, device.id)
    .filter((child) => child.up && (isMacvlan(child) ? child.mode !== 'passthru' : child.kind === 'vlan'))
    .filter((child) => child.mac !== device.mac)
    .map((child) => child.mac);

/** The groups that a device is in (dev_mc_add): all nodes from birth, the others once it is up. */
const groupsOf = (machine: Machine, device: Device): readonly Mac[] => {
  const snoops = device.up && device.kind === 'bridge' && device.settings.mcastSnooping;
  const solicited = device.addresses
    .filter(({ local }) => familyOf(local) === 6)
    .map(({ local }) => solicitedNode(local));
  const hasVlans = childrenOf(machine, device.id).some(({ kind }) => kind === 'vlan');
  return [
    ALL_NODES,
    ...(snoops ? ALL_SNOOPERS : []),
    ...(device.up ? [ALL_HOSTS] : []),
    ...new Set(solicited),
    ...(hasVlans ? [GVRP] : []),
  ];
};

const ownEntries = (machine: Machine, device: Device): readonly Entry[] =>
  device.kind === 'loopback'
    ? []
    : [...unicastOf(machine, device), ...groupsOf(machine, device)].map((mac) => ({
        device: device.name,
        mac,
        vlan: 0,
        state: 'permanent',
        sticky: false,
      }));

const entryOf = (row: FdbRow, master: string): Entry => ({
  device: row.device,
  mac: row.mac,
  vlan: row.vlan,
  state: row.state,
  sticky: row.sticky,
  master,
  ages: { used: row.usedAgo, updated: row.updatedAgo },
});

/**
 * All entries of a namespace as the kernel lists them: device by device, a port's entries in its bridge before its own
 * list, a bridge's own list before its entries (net/core/rtnetlink.c:rtnl_fdb_dump). `only` leaves one bridge's part.
 */
export const entriesAt = (simulation: Simulation, place: Place, only?: Device): readonly Entry[] => {
  const network = simulation.network();
  const machine = machineAt(network, place);
  if (!machine) return [];
  return devicesAt(network, place).flatMap((device) => {
    const master = masterOf(machine, device);
    const bridge = master.enslaved ? master.bridge : device.kind === 'bridge' ? device : undefined;
    if (only !== undefined && bridge?.id !== only.id) return [];
    const own = ownEntries(machine, device);
    if (!bridge) return own;
    const rows = simulation.fdb(place, bridge.name).filter((row) => row.device === device.name);
    // The newest comes first (net/bridge/br_fdb.c:fdb_add_hw_addr).
    const known = rows.map((row) => entryOf(row, bridge.name)).reverse();
    return master.enslaved ? [...known, ...own] : [...own, ...known];
  });
};
