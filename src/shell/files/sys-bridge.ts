import { fail, ok } from '../../base/result.ts';
import type { Bridge, BridgePort, BridgeSettings, Device, PortSettings } from '../../model/device.ts';
import { masterOf, portsOf } from '../../model/find.ts';
import { portState } from '../../model/link-state.ts';
import type { Machine } from '../../model/network.ts';
import { readUnsigned } from '../text/numbers.ts';
import { carryOut, type Entries, type FileNode, line, link, type View, type Written } from './node.ts';

type KeyOf<Settings, Value> = {
  [Key in keyof Settings]: Settings[Key] extends Value ? Key : never;
}[keyof Settings];

/** Numbers as kstrtoul takes them: a line break may follow, nothing else. */
export const written = (text: string, act: (value: number) => Written): Written => {
  const value = readUnsigned(text.replace(/\n$/, ''), 32);
  return value === undefined ? fail('EINVAL') : act(value);
};
const bit = (on: boolean): number => (on ? 1 : 0);
const hex = (value: number, digits = 0): string => value.toString(16).padStart(digits, '0');

const PORT_SWITCHES: Readonly<Record<string, KeyOf<PortSettings, boolean>>> = {
  bpdu_guard: 'guard',
  broadcast_flood: 'bcastFlood',
  hairpin_mode: 'hairpin',
  isolated: 'isolated',
  learning: 'learning',
  multicast_fast_leave: 'fastLeave',
  multicast_flood: 'mcastFlood',
  multicast_to_unicast: 'mcastToUnicast',
  neigh_suppress: 'neighSuppress',
  proxyarp: 'proxyArp',
  proxyarp_wifi: 'proxyArpWifi',
  root_block: 'rootBlock',
  unicast_flood: 'flood',
};
const PORT_NUMBERS: Readonly<Record<string, KeyOf<PortSettings, number>>> = {
  multicast_router: 'mcastRouter',
  path_cost: 'cost',
  priority: 'priority',
};
/** By the kernel's numbers (include/uapi/linux/if_bridge.h). */
const STATES = ['disabled', 'listening', 'learning', 'forwarding', 'blocking'] as const;

const bridgeId = ({ settings, mac }: Bridge): string => `${hex(settings.priority, 4)}.${mac.replaceAll(':', '')}`;
const portId = ({ priority, number }: BridgePort): number => priority * 1024 + number;

/** What Spanning Tree would fill in, and timers that do not run. */
const IDLE_PORT = [
  'change_ack',
  'config_pending',
  'designated_cost',
  'forward_delay_timer',
  'hold_timer',
  'message_age_timer',
];

/** /sys/class/net/PORT/brport (net/bridge/br_sysfs_if.c). */
export const portEntries = (view: View, machine: Machine, device: Device, port: BridgePort): Entries => {
  const master = masterOf(machine, device);
  const set = (changes: Partial<PortSettings>): Written =>
    carryOut(view, { op: 'port.set', at: view.place, device: device.name, changes });
  const switches = Object.entries(PORT_SWITCHES).map(([name, key]) => [
    name,
    line(bit(port[key]), (text) => written(text, (value) => set({ [key]: value !== 0 }))),
  ]);
  const numbers = Object.entries(PORT_NUMBERS).map(([name, key]) => [
    name,
    line(port[key], (text) => written(text, (value) => set({ [key]: value }))),
  ]);
  const id = master.enslaved ? bridgeId(master.bridge) : '';
  const state = portState(view.simulation.network(), machine.name, device);
  return {
    ...(Object.fromEntries([...switches, ...numbers]) as Entries),
    ...Object.fromEntries(IDLE_PORT.map((name) => [name, line(0)])),
    backup_port: line(''),
    bridge: link(`../../${master.enslaved ? master.bridge.name : ''}`),
    designated_bridge: line(id),
    designated_port: line(portId(port)),
    designated_root: line(id),
    flush: {
      kind: 'file',
      write: (text) =>
        written(text, () => {
          view.simulation.flushFdb(view.place, device.name);
          return ok(undefined);
        }),
    },
    group_fwd_mask: line('0x0'),
    port_id: line(`0x${hex(portId(port))}`),
    port_no: line(`0x${hex(port.number)}`),
    state: line(STATES.indexOf(state)),
  };
};

const BRIDGE_SWITCHES: Readonly<Record<string, KeyOf<BridgeSettings, boolean>>> = {
  multicast_querier: 'mcastQuerier',
  multicast_snooping: 'mcastSnooping',
  stp_state: 'stp',
  vlan_filtering: 'vlanFiltering',
};
const BRIDGE_NUMBERS: Readonly<Record<string, KeyOf<BridgeSettings, number>>> = {
  default_pvid: 'vlanDefaultPvid',
  priority: 'priority',
};
/** In hundredths of a second. */
const BRIDGE_TIMES: Readonly<Record<string, KeyOf<BridgeSettings, number>>> = {
  ageing_time: 'ageingTime',
  forward_delay: 'forwardDelay',
  hello_time: 'helloTime',
  max_age: 'maxAge',
};
const IDLE_BRIDGE = [
  'gc_timer',
  'hello_timer',
  'root_path_cost',
  'root_port',
  'tcn_timer',
  'topology_change',
  'topology_change_detected',
  'topology_change_timer',
];

/** Settings of what is not modelled, with the kernel's defaults. */
const UNTOUCHED = {
  hash_elasticity: 16,
  hash_max: 4096,
  multicast_igmp_version: 2,
  multicast_last_member_count: 2,
  multicast_last_member_interval: 100,
  multicast_membership_interval: 26000,
  multicast_mld_version: 1,
  multicast_querier_interval: 25500,
  multicast_query_interval: 12500,
  multicast_query_response_interval: 1000,
  multicast_query_use_ifaddr: 0,
  multicast_router: 1,
  multicast_startup_query_count: 2,
  multicast_startup_query_interval: 3125,
  multicast_stats_enabled: 0,
  nf_call_arptables: 0,
  nf_call_ip6tables: 0,
  nf_call_iptables: 0,
  no_linklocal_learn: 0,
  vlan_stats_enabled: 0,
  vlan_stats_per_port: 0,
} as const;

/** /sys/class/net/BRIDGE/bridge (net/bridge/br_sysfs_br.c). */
export const bridgeEntries = (view: View, machine: Machine, bridge: Bridge): Entries => {
  const { settings, name } = bridge;
  const set = (changes: Partial<BridgeSettings>): Written =>
    carryOut(view, { op: 'link.set', at: view.place, device: name, changes: { kind: { kind: 'bridge', ...changes } } });
  const files = (
    names: Readonly<Record<string, keyof BridgeSettings>>,
    shown: (value: BridgeSettings[keyof BridgeSettings]) => number,
    told: (value: number) => number | boolean,
  ): Entries =>
    Object.fromEntries(
      Object.entries(names).map(([file, key]): [string, FileNode] => [
        file,
        line(shown(settings[key]), (text) => written(text, (value) => set({ [key]: told(value) }))),
      ]),
    );
  return {
    ...files(BRIDGE_SWITCHES, Number, (value) => value !== 0),
    ...files(BRIDGE_NUMBERS, Number, (value) => value),
    ...files(
      BRIDGE_TIMES,
      (value) => Math.round(Number(value) * 100),
      (value) => value / 100,
    ),
    ...Object.fromEntries(IDLE_BRIDGE.map((file) => [file, line(0)])),
    ...Object.fromEntries(Object.entries(UNTOUCHED).map(([file, value]) => [file, line(value)])),
    bridge_id: line(bridgeId(bridge)),
    flush: {
      kind: 'file',
      write: (text) =>
        written(text, () => {
          for (const port of portsOf(machine, bridge.id)) view.simulation.flushFdb(view.place, port.name);
          return ok(undefined);
        }),
    },
    group_addr: line('01:80:c2:00:00:00'),
    group_fwd_mask: line(`0x${hex(settings.groupForwardMask)}`, (text) =>
      written(text, (groupForwardMask) => set({ groupForwardMask })),
    ),
    root_id: line(bridgeId(bridge)),
    vlan_protocol: line('0x8100'),
  };
};
