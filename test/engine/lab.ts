import { type Event, MILLISECOND, SECOND } from '../../src/engine/event.ts';
import type { Frame, MacAddr, Other, Payload } from '../../src/engine/frame.ts';
import { createSimulation } from '../../src/engine/simulate.ts';
import type { IcmpMessage, Simulation } from '../../src/engine/simulation.ts';
import type { MacvlanMode, PortSettings } from '../../src/model/device.ts';
import { emptyNetwork } from '../../src/model/empty.ts';
import type { Ip } from '../../src/model/ip.ts';
import { type Mac, macNumber } from '../../src/model/mac.ts';
import type { KernelVersion, Network } from '../../src/model/network.ts';
import type { KindOptions, Operation } from '../../src/model/operation.ts';
import { add, addr, at, built, cidr, device, ip, mac, netns, sysctl, up } from '../model/helpers.ts';

/** Device, namespace and last byte of the addresses belong together: 10.0.0.11 has the MAC 02:00:00:00:00:11. */
export const macOf = (number: number): Mac => mac(`02:00:00:00:00:${`${number}`.padStart(2, '0')}`);
export const addressOf = (number: number): Ip => ip(`10.0.0.${number}`);

/** A namespace with its `lo` up: errors about a machine's own packets come to it that way. */
export const namespace = (name: string): readonly Operation[] => [netns(name), up('lo', name)];

/** A namespace whose `eth0` is plugged into the switch. */
export const station = (name: string, number: number, port = `s_${name}`): readonly Operation[] => [
  ...namespace(name),
  ...uplink(name, 'eth0', macOf(number), port),
  addr(`${addressOf(number)}/24`, 'eth0', name),
];

/** One more network card of a namespace, plugged into a switch. */
export const uplink = (name: string, device: string, address: Mac, port: string, sw = 'sw'): readonly Operation[] => [
  add(device, { kind: 'veth', peer: { name: port, netns: sw } }, { attributes: { netns: name, mac: address } }),
  { op: 'link.set', at: at(sw), device: port, changes: { master: 'br0', up: true } },
  up(device, name),
];

/** A bridge in a namespace of its own. */
export const bridgeIn = (name: string): readonly Operation[] => [
  ...namespace(name),
  add('br0', { kind: 'bridge' }, { in: name }),
  up('br0', name),
];

export const port = (device: string, changes: Partial<PortSettings>, sw = 'sw'): Operation => ({
  op: 'port.set',
  at: at(sw),
  device,
  changes,
});
export const routeIn = (
  namespace: string,
  destination: string,
  more: { via?: string; device?: string },
): Operation => ({
  op: 'route.add',
  at: at(namespace),
  how: 'add',
  route: {
    destination: cidr(destination),
    ...(more.via === undefined ? {} : { via: ip(more.via) }),
    ...(more.device === undefined ? {} : { device: more.device }),
  },
});
export const neighbour = (namespace: string, device: string, address: string, lladdr: Mac): Operation => ({
  op: 'neigh.add',
  at: at(namespace),
  how: 'replace',
  device,
  ip: ip(address),
  mac: lladdr,
  state: 'permanent',
});

/** A child of the host's card in a namespace of its own name. */
export const child = (name: string, number: number, options: KindOptions, parent = 'eth0'): readonly Operation[] => [
  ...namespace(name),
  add('eth0', options, {
    link: parent,
    in: 'h',
    attributes: { netns: name, ...(options.kind === 'macvlan' ? { mac: macOf(number) } : {}) },
  }),
  up('eth0', name),
  addr(`${addressOf(number)}/24`, 'eth0', name),
  routeIn(name, '0.0.0.0/0', { via: '10.0.0.1' }),
];
export const macvlanChild = (
  name: string,
  number: number,
  mode: MacvlanMode,
  sources: readonly Mac[] = [],
): readonly Operation[] =>
  child(name, number, {
    kind: 'macvlan',
    mode,
    ...(mode === 'source' ? { sources: { change: 'set', macs: sources } } : {}),
  });

/**
 * The lab that the tables speak of: a switch, the host `h` (10.0.0.2) on its port `s_h`, a stranger `x` (10.0.0.9) and a
 * router `gw` (10.0.0.1) with 198.51.100.1 behind it.
 */
export const LAN: readonly Operation[] = [
  ...bridgeIn('sw'),
  ...station('h', 2),
  routeIn('h', '0.0.0.0/0', { via: '10.0.0.1' }),
  ...station('x', 9),
  routeIn('x', '0.0.0.0/0', { via: '10.0.0.1' }),
  ...station('gw', 1),
  add('far', { kind: 'dummy' }, { in: 'gw' }),
  up('far', 'gw'),
  addr('198.51.100.1/24', 'far', 'gw'),
  sysctl('net.ipv4.ip_forward', '1', 'gw'),
];
export const OFF_LINK = '198.51.100.1';

export const networkOf = (operations: readonly Operation[], kernel: KernelVersion = '6.18'): Network =>
  built(operations, emptyNetwork({ kernel }));
export const simulationOf = (operations: readonly Operation[], kernel?: KernelVersion): Simulation =>
  createSimulation(networkOf(operations, kernel));

export type Answer = {
  /**
   * `yes`: answered. `HU`: an ICMP error said "host unreachable". `half`: the request came to its destination, and no
   * answer came back. `lost`: the request came nowhere. Otherwise what sendmsg(2) returned.
   */
  readonly outcome: string;
  readonly time: number;
  readonly replies: readonly IcmpMessage[];
  readonly errors: readonly IcmpMessage[];
};

/** Which echo requests come to the ICMP of a namespace, while `run` runs. */
const requestsFor = (simulation: Simulation, ident: number, run: () => void): number => {
  const frames = new Map<number, Frame>();
  let arrived = 0;
  const stop = simulation.listen((event: Event) => {
    if (event.kind === 'created' || event.kind === 'received') frames.set(event.copy, event.frame);
    if (event.kind !== 'delivered' || event.to !== 'icmp') return;
    const payload = frames.get(event.copy)?.payload;
    if (payload?.proto === 'ipv4' && payload.body.icmp === 'echo-request' && payload.body.ident === ident) arrived++;
  });
  run();
  stop();
  return arrived;
};

export type PingOptions = {
  readonly seq?: number;
  readonly bytes?: number;
  readonly ttl?: number;
  readonly dontFragment?: boolean;
  readonly seconds?: number;
  readonly device?: string;
};

/** One echo request and what comes of it, as ping(8) would see it. */
export const ping = (simulation: Simulation, from: string, to: string, options: PingOptions = {}): Answer => {
  const begun = simulation.now();
  const ident = begun;
  const replies: IcmpMessage[] = [];
  const errors: IcmpMessage[] = [];
  const receive = (message: IcmpMessage): void => {
    const { icmp } = message;
    if (icmp.icmp === 'echo-reply' && icmp.ident === ident) replies.push(message);
    if ('about' in icmp && 'ident' in icmp.about.body && icmp.about.body.ident === ident) errors.push(message);
  };
  const { device, seconds = 5, ...rest } = options;
  const socket = simulation.icmpSocket({ at: at(from), receive, ...(device === undefined ? {} : { device }) });
  let errno: string | undefined;
  const isOver = (): boolean => replies.length > 0 || errors.some(({ icmp }) => icmp.icmp !== 'redirect');
  const arrived = requestsFor(simulation, ident, () => {
    errno = socket.send({ to: ip(to), ident, seq: 1, bytes: 56, ...rest });
    if (errno === undefined) simulation.runUntil(isOver, begun + seconds * SECOND);
  });
  socket.close();
  const isUnreachable = errors.some(({ icmp }) => icmp.icmp === 'unreachable' && icmp.code === 1);
  const outcome = errno ?? (replies.length > 0 ? 'yes' : isUnreachable ? 'HU' : arrived > 0 ? 'half' : 'lost');
  return { outcome, time: simulation.now() - begun, replies, errors };
};

export const outcomeOf = (simulation: Simulation, from: string, to: string): string =>
  ping(simulation, from, to).outcome;

/** A protocol that nobody knows: such a frame ends wherever it would have been handed to a stack. */
export const UNKNOWN: Other = { proto: 'other', etherType: 0x88b5, length: 46 };

/** Which stacks, those of the switches left out, get what a device sends: `h`, or `h:otherhost` where the frame is addressed to another MAC. */
export const receiversOf = (
  simulation: Simulation,
  from: string,
  dst: MacAddr,
  payload: Payload = UNKNOWN,
  src?: MacAddr,
): string => {
  const as = new Map<number, string>();
  const receivers: string[] = [];
  const stop = simulation.listen((event: Event) => {
    if (event.kind === 'received' && event.frame.payload === payload) as.set(event.copy, event.as);
    const isEnd =
      (event.kind === 'dropped' && !/^(bridge|macvlan|ipvlan|device)/.test(event.reason)) || event.kind === 'delivered';
    if (isEnd && !event.at.namespace.startsWith('sw') && as.has(event.copy))
      receivers.push(as.get(event.copy) === 'otherhost' ? `${event.at.namespace}:otherhost` : event.at.namespace);
  });
  const socket = simulation.packetSocket(at(from), 'eth0', () => undefined);
  socket.send({ src: src ?? macNumber(device(simulation.network(), 'eth0', from).mac), dst, vlan: 0, payload });
  simulation.runFor(MILLISECOND);
  socket.close();
  stop();
  return receivers.sort().join(' ');
};
