import { fail, ok, type Result } from '../../../../base/result.ts';
import type { PortSettings, PortState } from '../../../../model/device.ts';
import { portState } from '../../../../model/link-state.ts';
import { refuse } from '../../../../model/refusal.ts';
import { type Field, named, onOff, text } from '../../../text/fields.ts';
import { readUnsigned } from '../../../text/numbers.ts';
import { ending, failure, notModelled, type Outcome, refused, wrong } from '../outcome.ts';
import { abbreviates, anything, flag, option, type Reader, readAll, short } from '../words.ts';
import { bridgeId, timer } from './bridge.ts';
import type { Kind, Seen } from './kind.ts';

const USAGE = `Usage: ... bridge_slave [ fdb_flush ]
			[ state STATE ]
			[ priority PRIO ]
			[ cost COST ]
			[ guard {on | off} ]
			[ hairpin {on | off} ]
			[ fastleave {on | off} ]
			[ root_block {on | off} ]
			[ learning {on | off} ]
			[ flood {on | off} ]
			[ proxy_arp {on | off} ]
			[ proxy_arp_wifi {on | off} ]
			[ mcast_router MULTICAST_ROUTER ]
			[ mcast_fast_leave {on | off} ]
			[ mcast_flood {on | off} ]
			[ bcast_flood {on | off} ]
			[ mcast_to_unicast {on | off} ]
			[ group_fwd_mask MASK ]
			[ neigh_suppress {on | off} ]
			[ vlan_tunnel {on | off} ]
			[ isolated {on | off} ]
			[ locked {on | off} ]
			[ backup_port DEVICE ] [ nobackup_port ]
`;

type State = Partial<PortSettings> & { readonly flushes?: boolean };

/** By the kernel's numbers: BR_STATE_DISABLED is 0. */
const STATES: readonly PortState[] = ['disabled', 'listening', 'learning', 'forwarding', 'blocking'];

const readState = (word: string): Result<State, Outcome> => {
  const number = readUnsigned(word, 8);
  if (number === undefined) return fail(wrong(word, 'state is invalid'));
  const state = STATES[number];
  return state ? ok({ state }) : fail(refused(refuse('EINVAL')));
};

const number = (name: string, bits: 8 | 16 | 32, why: string, take: (value: number) => State): Reader<State> =>
  option(short(name), (word) => {
    const read = readUnsigned(word, bits);
    return read === undefined ? fail(wrong(word, why)) : ok(take(read));
  });

/** lib/utils.c:parse_on_off takes abbreviations, so that `o` is off. */
const onOrOff = (name: string, take: (on: boolean) => State): Reader<State> =>
  option(short(name), (word) => {
    const value = ['off', 'on'].find((each) => abbreviates(word, each));
    if (value === undefined)
      return fail(ending(`Error: argument of "${name}" must be one of "off", "on", not "${word}"\n`, 1));
    return ok(take(value === 'on'));
  });

const readMask = (word: string): Result<State, Outcome> => {
  const mask = readUnsigned(word, 16);
  if (mask === undefined) return fail(wrong(word, 'invalid group_fwd_mask'));
  return mask === 0 ? ok({}) : fail(notModelled('bridge_slave "group_fwd_mask"'));
};

// In iplink_bridge_slave.c's order, which decides what an abbreviation stands for.
const READERS: readonly Reader<State>[] = [
  flag(short('fdb_flush'), { flushes: true }),
  option(short('state'), readState),
  number('priority', 16, 'priority is invalid', (priority) => ({ priority })),
  number('cost', 32, 'cost is invalid', (cost) => ({ cost })),
  onOrOff('hairpin', (hairpin) => ({ hairpin })),
  onOrOff('guard', (guard) => ({ guard })),
  onOrOff('root_block', (rootBlock) => ({ rootBlock })),
  onOrOff('fastleave', (fastLeave) => ({ fastLeave })),
  onOrOff('learning', (learning) => ({ learning })),
  onOrOff('flood', (flood) => ({ flood })),
  onOrOff('mcast_flood', (mcastFlood) => ({ mcastFlood })),
  onOrOff('bcast_flood', (bcastFlood) => ({ bcastFlood })),
  onOrOff('mcast_to_unicast', (mcastToUnicast) => ({ mcastToUnicast })),
  onOrOff('proxy_arp', (proxyArp) => ({ proxyArp })),
  onOrOff('proxy_arp_wifi', (proxyArpWifi) => ({ proxyArpWifi })),
  number('mcast_router', 8, 'invalid mcast_router', (mcastRouter) => ({ mcastRouter })),
  onOrOff('mcast_fast_leave', (fastLeave) => ({ fastLeave })),
  onOrOff('neigh_suppress', (neighSuppress) => ({ neighSuppress })),
  option(short('group_fwd_mask'), readMask),
  onOrOff('vlan_tunnel', (vlanTunnel) => ({ vlanTunnel })),
  onOrOff('isolated', (isolated) => ({ isolated })),
  onOrOff('locked', (locked) => ({ locked })),
  option(short('backup_port'), () => fail(notModelled('bridge_slave "backup_port"'))),
  flag(short('nobackup_port'), {}),
  { matches: short('help'), read: () => fail(failure(USAGE)) },
  { matches: anything, read: (_w, _s, word) => fail(failure(`bridge_slave: unknown option "${word}"?\n${USAGE}`)) },
];

const parse: Kind['parse'] = (_name, words) => {
  const state = readAll(READERS, {} as State, words);
  if (!state.ok) return state;
  const { flushes = false, ...port } = state.value;
  return ok({ port, flushes });
};

const fields = ({ network, machine, device }: Seen): readonly Field[] => {
  const { port, master } = device;
  const above = master === undefined ? undefined : machine.devices[master];
  if (!port || above?.kind !== 'bridge') return [];
  const id = port.priority * 1024 + port.number;
  const bridge = bridgeId(above.settings.priority, above.mac);
  return [
    named('state', portState(network, machine.name, device)),
    named('priority', port.priority),
    named('cost', port.cost),
    onOff('hairpin', port.hairpin),
    onOff('guard', port.guard),
    onOff('root_block', port.rootBlock),
    onOff('fastleave', port.fastLeave),
    onOff('learning', port.learning),
    onOff('flood', port.flood),
    named('id', `0x${id.toString(16)}`, 'port_id'),
    named('no', `0x${port.number.toString(16)}`, 'port_no'),
    named('designated_port', id),
    named('designated_cost', 0),
    named('bridge_id', bridge, 'designated_bridge'),
    named('root_id', bridge, 'designated_root'),
    ...['hold_timer', 'message_age_timer', 'forward_delay_timer'].map(timer),
    named('topology_change_ack', 0),
    named('config_pending', 0),
    onOff('proxy_arp', port.proxyArp),
    onOff('proxy_arp_wifi', port.proxyArpWifi),
    named('multicast_router', port.mcastRouter, 'mcast_router'),
    // Said twice to people, under two names.
    text(`mcast_fast_leave ${port.fastLeave ? 'on' : 'off'} `),
    onOff('mcast_flood', port.mcastFlood),
    onOff('bcast_flood', port.bcastFlood),
    onOff('mcast_to_unicast', port.mcastToUnicast),
    onOff('neigh_suppress', port.neighSuppress),
    named('group_fwd_mask', '0'),
    named('group_fwd_mask_str', '0x0'),
    onOff('vlan_tunnel', port.vlanTunnel),
    onOff('isolated', port.isolated),
    onOff('locked', port.locked),
  ];
};

export const bridgeSlave: Kind = { names: ['bridge_slave'], parse, fields, usage: () => USAGE };
