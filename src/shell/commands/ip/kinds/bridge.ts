import { fail, ok, type Result } from '../../../../base/result.ts';
import type { BridgeSettings } from '../../../../model/device.ts';
import type { Mac } from '../../../../model/mac.ts';
import { type Field, named, value } from '../../../text/fields.ts';
import { exactly } from '../../../text/json.ts';
import { readUnsigned } from '../../../text/numbers.ts';
import { hardwareAddress } from '../hardware.ts';
import { failure, notModelled, type Outcome, wrong } from '../outcome.ts';
import { anything, exact, flag, option, type Reader, readAll, short } from '../words.ts';
import { BRIDGE_USAGE } from './bridge-usage.ts';
import type { Kind, Seen } from './kind.ts';

type State = Partial<BridgeSettings> & { readonly flushes?: boolean };

const number = (
  name: string,
  bits: 8 | 16 | 32,
  take: (value: number) => State | Outcome,
  matches = short(name),
): Reader<State> =>
  option(matches, (word): Result<State, Outcome> => {
    const read = readUnsigned(word, bits);
    if (read === undefined) return fail(wrong(word, `invalid ${name}`));
    const taken = take(read);
    return 'exit' in taken ? fail(taken) : ok(taken);
  });

/** iproute2 and the kernel count in hundredths of a second. */
const seconds = (hundredths: number): number => hundredths / 100;
const hundredths = (time: number): number => Math.round(time * 100);

/** Settings that decide about reachability, and of which only the usual value is modelled. */
const fixed = (name: string, bits: 8 | 16, usual: number, matches = short(name)): Reader<State> =>
  number(name, bits, (value) => (value === usual ? {} : notModelled(`bridge "${name} ${value}"`)), matches);

/** Timers and limits of multicast snooping: they change when the kernel asks, never whom a frame reaches. */
const ignored = (name: string, bits: 8 | 32): Reader<State> => number(name, bits, () => ({}));

const readProtocol = (word: string): Result<State, Outcome> => {
  if (word.toLowerCase() === '802.1q') return ok({});
  return fail(
    word.toLowerCase() === '802.1ad'
      ? notModelled('bridge "vlan_protocol 802.1ad"')
      : wrong(word, 'invalid vlan_protocol'),
  );
};

const readGroupAddress = (word: string): Result<State, Outcome> => {
  const bytes = hardwareAddress(word);
  return bytes.ok ? fail(notModelled('bridge "group_address"')) : bytes;
};

// In iplink_bridge.c's order, which decides what an abbreviation stands for.
const READERS: readonly Reader<State>[] = [
  number('forward_delay', 32, (time) => ({ forwardDelay: seconds(time) })),
  number('hello_time', 32, (time) => ({ helloTime: seconds(time) })),
  number('max_age', 32, (time) => ({ maxAge: seconds(time) })),
  number('ageing_time', 32, (time) => ({ ageingTime: seconds(time) })),
  number('stp_state', 32, (on) => ({ stp: on !== 0 })),
  number('priority', 16, (priority) => ({ priority })),
  number('vlan_filtering', 8, (on) => ({ vlanFiltering: on !== 0 })),
  option(short('vlan_protocol'), readProtocol),
  number('group_fwd_mask', 16, (groupForwardMask) => ({ groupForwardMask })),
  option(short('group_address'), readGroupAddress),
  fixed('no_linklocal_learn', 8, 0, exact('no_linklocal_learn')),
  flag(short('fdb_flush'), { flushes: true }),
  number('vlan_default_pvid', 16, (vlanDefaultPvid) => ({ vlanDefaultPvid })),
  ignored('vlan_stats_enabled', 8),
  ignored('vlan_stats_per_port', 8),
  ignored('mcast_router', 8),
  number('mcast_snooping', 8, (on) => ({ mcastSnooping: on !== 0 })),
  fixed('mcast_vlan_snooping', 8, 0, exact('mcast_vlan_snooping')),
  ignored('mcast_query_use_ifaddr', 8),
  number('mcast_querier', 8, (on) => ({ mcastQuerier: on !== 0 })),
  ...[
    'mcast_hash_elasticity',
    'mcast_hash_max',
    'mcast_last_member_count',
    'mcast_startup_query_count',
    'mcast_last_member_interval',
    'mcast_membership_interval',
    'mcast_querier_interval',
    'mcast_query_interval',
    'mcast_query_response_interval',
    'mcast_startup_query_interval',
  ].map((name) => ignored(name, 32)),
  ...['mcast_stats_enabled', 'mcast_igmp_version', 'mcast_mld_version'].map((name) => ignored(name, 8)),
  ...['nf_call_iptables', 'nf_call_ip6tables', 'nf_call_arptables'].map((name) => fixed(name, 8, 0)),
  { matches: short('help'), read: () => fail(failure(BRIDGE_USAGE)) },
  { matches: anything, read: (_w, _s, word) => fail(failure(`bridge: unknown command "${word}"?\n${BRIDGE_USAGE}`)) },
];

const parse: Kind['parse'] = (_name, words) => {
  const state = readAll(READERS, {} as State, words);
  if (!state.ok) return state;
  const { flushes = false, ...settings } = state.value;
  return ok({ kind: { kind: 'bridge', ...settings }, flushes });
};

/** `8000.2:0:0:0:0:10`: priority, and the address without leading zeros (ether_ntoa). */
export const bridgeId = (priority: number, mac: Mac): string =>
  `${priority.toString(16).padStart(4, '0')}.${mac.replace(/\b0/g, '')}`;

/** STP is not run, so its timers stand still. */
export const timer = (key: string): Field => value(key, exactly('0.00'), `${key}    0.00 `);

const hex = (number: number): string => (number === 0 ? '0' : `0x${number.toString(16)}`);

const bit = (on: boolean): number => (on ? 1 : 0);

const fields = ({ network, device }: Seen): readonly Field[] => {
  if (device.kind !== 'bridge') return [];
  const { settings } = device;
  const id = bridgeId(settings.priority, device.mac);
  return [
    named('forward_delay', hundredths(settings.forwardDelay)),
    named('hello_time', hundredths(settings.helloTime)),
    named('max_age', hundredths(settings.maxAge)),
    named('ageing_time', hundredths(settings.ageingTime)),
    named('stp_state', bit(settings.stp)),
    named('priority', settings.priority),
    named('vlan_filtering', bit(settings.vlanFiltering)),
    named('vlan_protocol', '802.1Q'),
    named('bridge_id', id),
    named('root_id', id, 'designated_root'),
    named('root_port', 0),
    named('root_path_cost', 0),
    named('topology_change', 0),
    named('topology_change_detected', 0),
    ...['hello_timer', 'tcn_timer', 'topology_change_timer', 'gc_timer'].map(timer),
    named('vlan_default_pvid', settings.vlanDefaultPvid),
    named('vlan_stats_enabled', 0),
    named('vlan_stats_per_port', 0),
    named('group_fwd_mask', hex(settings.groupForwardMask)),
    named('group_addr', '01:80:c2:00:00:00', 'group_address'),
    named('mcast_snooping', bit(settings.mcastSnooping)),
    named('no_linklocal_learn', 0),
    named('mcast_vlan_snooping', 0),
    named('mcast_router', 1),
    named('mcast_query_use_ifaddr', 0),
    named('mcast_querier', bit(settings.mcastQuerier)),
    named('mcast_hash_elasticity', 16),
    named('mcast_hash_max', 4096),
    named('mcast_last_member_cnt', 2, 'mcast_last_member_count'),
    named('mcast_startup_query_cnt', 2, 'mcast_startup_query_count'),
    named('mcast_last_member_intvl', 100, 'mcast_last_member_interval'),
    named('mcast_membership_intvl', 26000, 'mcast_membership_interval'),
    named('mcast_querier_intvl', 25500, 'mcast_querier_interval'),
    named('mcast_query_intvl', 12500, 'mcast_query_interval'),
    named('mcast_query_response_intvl', 1000, 'mcast_query_response_interval'),
    // A quarter of the interval, in ticks: 100 a second in the one kernel that was recorded, 250 in the other.
    named('mcast_startup_query_intvl', network.kernel === '6.1' ? 3125 : 3124, 'mcast_startup_query_interval'),
    named('mcast_stats_enabled', 0),
    named('mcast_igmp_version', 2),
    named('mcast_mld_version', 1),
    ...['nf_call_iptables', 'nf_call_ip6tables', 'nf_call_arptables'].map((name) => named(name, 0)),
  ];
};

export const bridge: Kind = { names: ['bridge'], parse, fields, usage: () => BRIDGE_USAGE };
