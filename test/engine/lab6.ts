import type { Event } from '../../src/engine/event.ts';
import { SECOND } from '../../src/engine/event.ts';
import { frameSummary } from '../../src/engine/frame.ts';
import { createSimulation } from '../../src/engine/simulate.ts';
import type { IcmpMessage, Simulation } from '../../src/engine/simulation.ts';
import { emptyNetwork } from '../../src/model/empty.ts';
import type { Network } from '../../src/model/network.ts';
import type { KindOptions, Operation } from '../../src/model/operation.ts';
import { add, addr, at, built, ip, up } from '../model/helpers.ts';
import { bridgeIn, macOf, namespace, port, uplink } from './lab.ts';

/** fd00::11 belongs to the station whose MAC ends in 11. */
export const globalOf = (number: number): string => `fd00::${number}`;
export const linkLocalOf = (number: number): string => `fe80::ff:fe00:${number}`;

const nodad = (operation: Operation): Operation =>
  operation.op === 'addr.add' ? { ...operation, nodad: true } : operation;
export const addr6 = (address: string, device: string, namespace: string): Operation =>
  nodad(addr(address, device, namespace));

export const station6 = (name: string, number: number): readonly Operation[] => [
  ...namespace(name),
  ...uplink(name, 'eth0', macOf(number), `s_${name}`),
  addr6(`${globalOf(number)}/64`, 'eth0', name),
];

/** A child of the card of `h`, in a namespace of its own name. */
export const child6 = (name: string, number: number, options: KindOptions): readonly Operation[] => [
  ...namespace(name),
  add('eth0', options, {
    link: 'eth0',
    in: 'h',
    attributes: { netns: name, ...(options.kind === 'macvlan' ? { mac: macOf(number) } : {}) },
  }),
  up('eth0', name),
  addr6(`${globalOf(number)}/64`, 'eth0', name),
];

/** A switch with the host `h` (fd00::2), which carries the children, and a stranger `x` (fd00::9). */
export const LAN6: readonly Operation[] = [...bridgeIn('sw'), ...station6('h', 2), ...station6('x', 9)];
export const HAIRPIN6 = port('s_h', { hairpin: true });

export const network6 = (operations: readonly Operation[]): Network =>
  built(operations, emptyNetwork({ kernel: '6.18', ipv6: true }));

/** Three seconds after all was set up: addresses are checked, link-local ones there. */
export const simulation6 = (operations: readonly Operation[], seconds = 3): Simulation => {
  const simulation = createSimulation(network6(operations));
  simulation.runFor(seconds * SECOND);
  return simulation;
};

export type Ping6 = { readonly outcome: string; readonly from?: string; readonly ttl?: number };

const outcomeOf = ({ icmp }: IcmpMessage): string => {
  if (icmp.icmp === 'unreachable') return `unreachable ${icmp.code}`;
  return icmp.icmp === 'echo-reply' ? 'yes' : icmp.icmp;
};

export const ping6 = (
  simulation: Simulation,
  from: string,
  to: string,
  options: { device?: string; bytes?: number; ttl?: number; dontFragment?: boolean } = {},
): Ping6 => {
  const { device, bytes = 56, ...rest } = options;
  const ident = 1 + (Math.floor(simulation.now() / 1000) % 60_000);
  const heard: IcmpMessage[] = [];
  const socket = simulation.icmpSocket({
    ...{ at: at(from), family: 6, ...(device === undefined ? {} : { device }) },
    receive: (message) => {
      if (message.icmp.icmp !== 'echo-request') heard.push(message);
    },
  });
  const errno = socket.send({ to: ip(to), ident, seq: 1, bytes, ...rest });
  if (errno === undefined) simulation.runUntil(() => heard.length > 0, simulation.now() + 5 * SECOND);
  socket.close();
  const [first] = heard;
  if (!first) return { outcome: errno ?? 'silence' };
  return { outcome: outcomeOf(first), from: first.from, ttl: first.ttl };
};

/** What taps on a device see while `run` runs, without the direction. */
export const seenOn = (simulation: Simulation, place: string, run: () => void): readonly string[] => {
  const seen: string[] = [];
  const stop = simulation.listen((event: Event) => {
    if (event.kind !== 'sent' && event.kind !== 'received') return;
    if (`${event.at.namespace}/${event.at.device}` === place) seen.push(frameSummary(event.frame));
  });
  run();
  stop();
  return seen;
};
