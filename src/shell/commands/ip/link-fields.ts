import { assertNever } from '../../../base/assert-never.ts';
import type { Device } from '../../../model/device.ts';
import { linkOf } from '../../../model/find.ts';
import { allMulticast, flags, type OperState, operState, promiscuity } from '../../../model/link-state.ts';
import { BROADCAST_MAC, ZERO_MAC } from '../../../model/mac.ts';
import { BREAK, type Colour, data, type Field, named, object, text, value } from '../../text/fields.ts';
import { kindNamed } from './kinds/index.ts';
import type { Seen } from './kinds/kind.ts';
import { linkLimits } from './link-limits.ts';
import type { Options } from './options.ts';

/** What of a link is to be said: `ip link` says more than `ip addr`, and `ip -4 addr` less. */
export type LinkView = { readonly options: Options; readonly asLink: boolean; readonly hardware: boolean };

/** `eth0@if2: `: the name, and what it stands on or is joined to. */
const nameFields = (seen: Seen, layout: (name: string) => string): readonly Field[] => {
  const { device, machine } = seen;
  const link = linkOf(machine, device);
  switch (link.where) {
    case 'none':
      return [value('ifname', device.name, layout(device.name), 'name')];
    case 'here':
      return [
        data('link', link.device.name),
        value('ifname', device.name, layout(`${device.name}@${link.device.name}`), 'name'),
      ];
    case 'elsewhere':
      return [
        data('link_index', link.device.ifindex),
        value('ifname', device.name, layout(`${device.name}@if${link.device.ifindex}`), 'name'),
      ];
    default:
      return assertNever(link);
  }
};

const flagsField = ({ network, machine, device }: Seen): Field => {
  const all = flags(network, machine.name, device);
  return value('flags', all, `<${all.join(',')}> `);
};

const STATE_COLOURS: Readonly<Record<OperState, Colour | undefined>> = {
  UP: 'up',
  DOWN: 'down',
  LOWERLAYERDOWN: undefined,
  UNKNOWN: undefined,
};

export const stateField = ({ network, machine, device }: Seen, layout: (state: string) => string): Field => {
  const state = operState(network, machine.name, device);
  return value('operstate', state, layout(state), STATE_COLOURS[state]);
};

/** A device that never was up has the stand-in of all new devices; virtual ones have no queue of their own. */
const qdisc = ({ queued, kind }: Device): string => {
  if (!queued) return 'noop';
  return kind === 'nic' ? 'pfifo_fast' : 'noqueue';
};

const groupName = (group: number, { numeric }: Options): string =>
  group === 0 && !numeric ? 'default' : String(group);

const firstLine = (seen: Seen, { options, asLink }: LinkView): readonly Field[] => {
  const { device, machine } = seen;
  const master = device.master === undefined ? undefined : machine.devices[device.master];
  return [
    value('ifindex', device.ifindex, `${device.ifindex}: `),
    ...nameFields(seen, (name) => `${name}: `),
    flagsField(seen),
    named('mtu', device.mtu),
    named('qdisc', qdisc(device)),
    ...(master ? [named('master', master.name)] : []),
    text('state '),
    stateField(seen, (state) => `${state} `),
    ...(asLink ? [named('linkmode', 'DEFAULT', 'mode')] : []),
    named('group', groupName(device.group, options)),
    ...(device.txQueueLength > 0 ? [value('txqlen', device.txQueueLength, `qlen ${device.txQueueLength}`)] : []),
  ];
};

/** The address that the device came with, where it has another one now. */
const permanentFields = ({ mac, permanentMac }: Device): readonly Field[] =>
  permanentMac === undefined || permanentMac === mac
    ? []
    : [text(' permaddr '), value('permaddr', permanentMac, permanentMac, 'mac')];

const hardwareLine = ({ device }: Seen, { numeric }: Options): readonly Field[] => {
  const loopback = device.kind === 'loopback';
  const type = numeric ? `[${loopback ? 772 : 1}]` : loopback ? 'loopback' : 'ether';
  const broadcast = loopback ? ZERO_MAC : BROADCAST_MAC;
  return [
    BREAK,
    value('link_type', type, `    link/${type} `),
    value('address', device.mac, device.mac, 'mac'),
    text(' brd '),
    value('broadcast', broadcast, broadcast, 'mac'),
    ...permanentFields(device),
  ];
};

/** In which namespace the other end is: by its name where it has one in /run/netns. */
const elsewhereFields = ({ machine, device }: Seen): readonly Field[] => {
  const link = linkOf(machine, device);
  if (link.where !== 'elsewhere') return [];
  const { nsid = 0 } = link;
  const words = link.name === undefined ? ` link-netnsid ${nsid}` : ` link-netns ${link.name}`;
  return [data('link_netnsid', nsid), text(words)];
};

const kindFields = (seen: Seen): readonly Field[] => {
  const { device } = seen;
  const slave = device.port ? kindNamed('bridge_slave') : undefined;
  const hasKind = device.kind !== 'loopback' && device.kind !== 'nic';
  if (!hasKind && !slave) return [];
  const own = hasKind ? kindNamed(device.kind)?.fields : undefined;
  return [
    object('linkinfo', [
      ...(hasKind ? [BREAK, value('info_kind', device.kind, `    ${device.kind} `)] : []),
      ...(own ? [object('info_data', own(seen))] : []),
      ...(slave?.fields
        ? [
            BREAK,
            value('info_slave_kind', 'bridge', '    bridge_slave '),
            object('info_slave_data', slave.fields(seen)),
          ]
        : []),
    ]),
  ];
};

const detailFields = (seen: Seen, asLink: boolean): readonly Field[] => {
  const limits = linkLimits(seen);
  const { network, machine, device } = seen;
  const promiscuous = promiscuity(network, machine.name, device);
  const multicast = allMulticast(network, machine.name, device);
  return [
    value('promiscuity', promiscuous, ` promiscuity ${promiscuous} `),
    value('allmulti', multicast, ` allmulti ${multicast} `),
    named('min_mtu', limits.minMtu, 'minmtu'),
    named('max_mtu', limits.maxMtu, 'maxmtu'),
    ...kindFields(seen),
    ...(asLink ? [named('inet6_addr_gen_mode', 'eui64', 'addrgenmode')] : []),
    named('num_tx_queues', limits.queues, 'numtxqueues'),
    // The recorded 6.1 was built without receive packet steering, and so tells of no receive queues.
    ...(seen.network.kernel === '6.1' ? [] : [named('num_rx_queues', limits.queues, 'numrxqueues')]),
    named('gso_max_size', 65536),
    named('gso_max_segs', 65535),
    named('tso_max_size', limits.tsoMaxSize),
    named('tso_max_segs', 65535),
    named('gro_max_size', 65536),
  ];
};

/** One link without the end of its last line: `ip -s` has more to say (ip/ipaddress.c:print_linkinfo). */
export const linkFields = (seen: Seen, view: LinkView): readonly Field[] => {
  const { options, asLink, hardware } = view;
  const { alias } = seen.device;
  const shown = asLink || options.details;
  return [
    ...firstLine(seen, view),
    ...(hardware || options.details ? hardwareLine(seen, options) : []),
    ...elsewhereFields(seen),
    ...(options.details ? detailFields(seen, asLink) : []),
    ...(shown && alias ? [BREAK, value('ifalias', alias, `    alias ${alias}`)] : []),
  ];
};

/** `-br`: name, state and, in `ip link`, the hardware address and the flags. */
export const briefFields = (seen: Seen, withHardware: boolean): readonly Field[] => {
  const { mac } = seen.device;
  return [
    ...nameFields(seen, (name) => `${name.padEnd(16)} `),
    stateField(seen, (state) => `${state.padEnd(14)} `),
    ...(withHardware ? [value('address', mac, `${mac} `, 'mac'), flagsField(seen), text('\n')] : []),
  ];
};
