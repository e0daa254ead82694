import { fail, ok } from '../../base/result.ts';
import type { Device } from '../../model/device.ts';
import { childrenOf, devicesIn, findMachine, linkOf, masterOf, portsOf } from '../../model/find.ts';
import { allMulticast, flags, hasCarrier, operState, promiscuity } from '../../model/link-state.ts';
import { BROADCAST_MAC, ZERO_MAC } from '../../model/mac.ts';
import type { Machine } from '../../model/network.ts';
import {
  carryOut,
  directory,
  type Entries,
  type FileErrno,
  type FileNode,
  line,
  link,
  unreadable,
  type View,
} from './node.ts';
import { bridgeEntries, portEntries, written } from './sys-bridge.ts';

/** The bits of IFF_* (include/uapi/linux/if.h) that sysfs shows, which leaves out what the link's state adds. */
const FLAG_BITS: Readonly<Record<string, number>> = {
  UP: 0x1,
  BROADCAST: 0x2,
  LOOPBACK: 0x8,
  NOARP: 0x80,
  MULTICAST: 0x1000,
};
const PROMISC = 0x100;
const ALLMULTI = 0x200;

/** A device that cannot filter addresses sees everything for the sake of its children (net/core/dev.c:__dev_set_rx_mode). */
const seesAll = (machine: Machine, device: Device): boolean =>
  ['veth', 'dummy', 'bridge'].includes(device.kind) &&
  childrenOf(machine, device.id).some((child) => child.up && child.mac !== device.mac);

/** Unlike `ip`, sysfs tells these of whoever wanted them. */
const flagBits = ({ simulation, place }: View, machine: Machine, device: Device): string => {
  const network = simulation.network();
  const shown = flags(network, place.machine, device).reduce((bits, flag) => bits | (FLAG_BITS[flag] ?? 0), 0);
  const promisc = promiscuity(network, place.machine, device) > 0 || seesAll(machine, device) ? PROMISC : 0;
  const allmulti = allMulticast(network, place.machine, device) > 0 ? ALLMULTI : 0;
  return `0x${(shown | promisc | allmulti).toString(16)}`;
};

/** Names of counters, with what the simulation counts under them; the others never move. */
const statistics = ({ simulation, place }: View, device: Device): Entries => {
  const counted = simulation.counters(place, device.id);
  const values = {
    collisions: 0,
    multicast: counted.rxMulticast,
    rx_bytes: counted.rxBytes,
    rx_compressed: 0,
    rx_crc_errors: 0,
    rx_dropped: counted.rxDropped,
    rx_errors: 0,
    rx_fifo_errors: 0,
    rx_frame_errors: 0,
    rx_length_errors: 0,
    rx_missed_errors: 0,
    rx_nohandler: 0,
    rx_over_errors: 0,
    rx_packets: counted.rxPackets,
    tx_aborted_errors: 0,
    tx_bytes: counted.txBytes,
    tx_carrier_errors: counted.txCarrier,
    tx_compressed: 0,
    tx_dropped: counted.txDropped,
    tx_errors: counted.txErrors,
    tx_fifo_errors: 0,
    tx_heartbeat_errors: 0,
    tx_packets: counted.txPackets,
    tx_window_errors: 0,
  };
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, line(value)]));
};

/** `upper_…` and `lower_…`, as links within one namespace (net/core/dev.c:netdev_adjacent_sysfs_add). */
const neighbours = (machine: Machine, device: Device): Entries => {
  const here = (other: Device): boolean => other.namespace === device.namespace;
  const master = masterOf(machine, device);
  const below = 'parent' in device ? machine.devices[device.parent] : undefined;
  const uppers = [...(master.enslaved ? [master.bridge] : []), ...childrenOf(machine, device.id)].filter(here);
  const lowers = [...(below ? [below] : []), ...portsOf(machine, device.id)].filter(here);
  return {
    ...(master.enslaved ? { master: link(`../${master.bridge.name}`) } : {}),
    ...Object.fromEntries(uppers.map(({ name }) => [`upper_${name}`, link(`../${name}`)])),
    ...Object.fromEntries(lowers.map(({ name }) => [`lower_${name}`, link(`../${name}`)])),
  };
};

/** A device that is down has no carrier to speak of, nor a speed. */
const linkFiles = (view: View, device: Device): Entries => {
  const network = view.simulation.network();
  const linked = hasCarrier(device);
  const told = (value: string | number | undefined): FileNode =>
    value === undefined ? unreadable('EINVAL') : line(value);
  const fast = device.kind === 'veth' || (device.kind !== 'loopback' && device.kind !== 'dummy');
  const refused = (): ReturnType<typeof fail<FileErrno>> => fail('EOPNOTSUPP');
  return {
    carrier: device.up ? line(linked ? 1 : 0, refused) : unreadable('EINVAL', refused),
    duplex: told(device.up && fast ? (linked && device.kind !== 'bridge' ? 'full' : 'unknown') : undefined),
    operstate: line(operState(network, view.place.machine, device).toLowerCase()),
    speed: told(device.up && fast ? (linked ? 10000 : -1) : undefined),
  };
};

const fixedFiles = (device: Device): Entries => ({
  addr_assign_type: line(device.kind === 'loopback' ? 0 : 3),
  addr_len: line(6),
  address: line(device.mac),
  broadcast: line(device.kind === 'loopback' ? ZERO_MAC : BROADCAST_MAC),
  dev_id: line('0x0'),
  dev_port: line(0),
  dormant: line(0),
  gro_flush_timeout: line(0),
  ifindex: line(device.ifindex),
  link_mode: line(0),
  name_assign_type: line(device.kind === 'loopback' ? 2 : 3),
  napi_defer_hard_irqs: line(0),
  phys_port_id: unreadable('EOPNOTSUPP'),
  phys_port_name: unreadable('EOPNOTSUPP'),
  phys_switch_id: unreadable('EOPNOTSUPP'),
  proto_down: line(0),
  testing: line(0),
  threaded: line(0),
  type: line(device.kind === 'loopback' ? 772 : 1),
  uevent: line(`INTERFACE=${device.name}\nIFINDEX=${device.ifindex}`),
});

/** What may be written, as `ip link set` would. */
const settings = (view: View, machine: Machine, device: Device): Entries => {
  const set = (changes: Parameters<typeof linkSet>[2]) => linkSet(view, device, changes);
  return {
    flags: line(flagBits(view, machine, device), (text) => written(text, (bits) => set({ up: (bits & 1) === 1 }))),
    ifalias: {
      kind: 'file',
      read: () => ok(device.alias === undefined ? '' : `${device.alias}\n`),
      write: (text) => set({ alias: text.replace(/\n$/, '') }),
    },
    mtu: line(device.mtu, (text) => written(text, (mtu) => set({ mtu }))),
    netdev_group: line(device.group, (text) => written(text, (group) => set({ group }))),
    tx_queue_len: line(device.txQueueLength, (text) => written(text, (txQueueLength) => set({ txQueueLength }))),
  };
};

const linkSet = (
  view: View,
  { name }: Device,
  changes: { up?: boolean; alias?: string; mtu?: number; group?: number; txQueueLength?: number },
) => carryOut(view, { op: 'link.set', at: view.place, device: name, changes });

const deviceEntries = (view: View, machine: Machine, device: Device): Entries => {
  const below = linkOf(machine, device);
  const { port } = device;
  return {
    ...fixedFiles(device),
    ...linkFiles(view, device),
    ...settings(view, machine, device),
    ...neighbours(machine, device),
    iflink: line(below.where === 'none' ? device.ifindex : below.device.ifindex),
    statistics: directory(() => statistics(view, device)),
    ...(device.kind === 'bridge'
      ? {
          bridge: directory(() => bridgeEntries(view, machine, device)),
          brif: directory(() =>
            Object.fromEntries(portsOf(machine, device.id).map(({ name }) => [name, link(`../../${name}/brport`)])),
          ),
        }
      : {}),
    ...(port ? { brport: directory(() => portEntries(view, machine, device, port)) } : {}),
  };
};

/** /sys/class/net: a directory for each device of the namespace. */
export const sysClassNet = (view: View): FileNode =>
  directory(() => {
    const { simulation, place } = view;
    const machine = findMachine(simulation.network(), place.machine);
    if (!machine.ok) return {};
    const devices = devicesIn(machine.value, place.namespace);
    return Object.fromEntries(
      devices.map((device) => [device.name, directory(() => deviceEntries(view, machine.value, device))]),
    );
  });
