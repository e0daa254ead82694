import type { CopyId, Event, Spot } from '../engine/event.ts';
import { type Frame, type Ipv4, ipText } from '../engine/frame.ts';
import type { ReasonCode } from '../engine/reason.ts';
import type { Device, StackedDevice } from '../model/device.ts';
import { isStacked } from '../model/device.ts';
import { devicesOf, farEndOf } from '../model/find.ts';
import type { Ip } from '../model/ip.ts';
import type { MachineName, Network } from '../model/network.ts';

/** Where and why a probe went no further. */
export type Cause = { readonly reason: ReasonCode; readonly at: Spot };

/** Drops that happen wherever a frame goes to everybody: they explain nothing. */
const ORDINARY: ReadonlySet<ReasonCode> = new Set([
  'arp.not-ours',
  'arp.own-sender',
  'arp.unsolicited',
  'frame.otherhost',
  'macvlan.nobody',
  'ipvlan.nobody',
  'ip.fragment-kept',
  'icmp.broadcast-echo',
]);

type Ended = Extract<Event, { kind: 'dropped' | 'withheld' }>;

/** One packet of a probe: what it is, and whether a copy is it. */
type Leg = { readonly to: Ip; readonly is: (frame: Frame) => boolean };

const echo = (icmp: 'echo-request' | 'echo-reply', src: number, dst: number): Leg => ({
  to: ipText(dst),
  is: ({ payload }) =>
    payload.proto === 'ipv4' && payload.body.icmp === icmp && payload.src === src && payload.dst === dst,
});

const arp = (op: 'request' | 'reply', sender: Ip | undefined, target: Ip): Leg => ({
  to: target,
  is: ({ payload }) =>
    payload.proto === 'arp' &&
    payload.op === op &&
    ipText(payload.target) === target &&
    (sender === undefined || ipText(payload.sender) === sender),
});

/** The frames of all copies, by number: events other than `created` carry only the number. */
const framesIn = (events: readonly Event[]): ReadonlyMap<CopyId, Frame> => {
  const frames = new Map<CopyId, Frame>();
  for (const event of events) if (event.kind === 'created') frames.set(event.copy, event.frame);
  return frames;
};

const firstRequest = (events: readonly Event[]): { readonly at: Spot; readonly packet: Ipv4 } | undefined => {
  for (const event of events) {
    if (event.kind !== 'created' || event.of !== undefined) continue;
    const { payload } = event.frame;
    if (payload.proto === 'ipv4' && payload.body.icmp === 'echo-request') return { at: event.at, packet: payload };
  }
  return undefined;
};

/**
 * Why the ping in these events got no answer: the causes on the way to whom it should have reached, in order of time.
 * Empty when it was answered, or when nothing was ever sent.
 */
export const causesOf = (network: Network, events: readonly Event[]): readonly Cause[] => {
  const start = firstRequest(events);
  if (!start) return [];
  const { src, dst } = start.packet;
  const frames = framesIn(events);
  const arrived = (leg: Leg): boolean =>
    events.some((event) => event.kind === 'delivered' && matches(frames, event.copy, leg));
  const request = echo('echo-request', src, dst);
  const reply = echo('echo-reply', dst, src);
  if (arrived(reply)) return [];
  const lost = arrived(request) ? reply : request;
  return follow(network, events, frames, lost);
};

const matches = (frames: ReadonlyMap<CopyId, Frame>, copy: CopyId, leg: Leg): boolean => {
  const frame = frames.get(copy);
  return frame !== undefined && leg.is(frame);
};

const follow = (
  network: Network,
  events: readonly Event[],
  frames: ReadonlyMap<CopyId, Frame>,
  leg: Leg,
): readonly Cause[] => {
  const ends = endsOf(events, frames, leg);
  const unresolved = ends.some(({ reason }) => reason === 'neighbour.failed');
  if (!unresolved) return pick(network, ends, leg.to);
  const held = events.find((event) => event.kind === 'held' && matches(frames, event.copy, leg));
  if (held?.kind !== 'held') return pick(network, ends, leg.to);
  const wanted = ipText(held.waitsFor);
  const replies = endsOf(events, frames, arpReplyOf(wanted));
  const sought = replies.length > 0 ? pick(network, replies, leg.to) : [];
  if (sought.length > 0) return sought;
  const asked = pick(network, endsOf(events, frames, arp('request', undefined, wanted)), wanted);
  return asked.length > 0 ? asked : pick(network, ends, leg.to);
};

const arpReplyOf = (sender: Ip): Leg => ({
  to: sender,
  is: ({ payload }) => payload.proto === 'arp' && payload.op === 'reply' && ipText(payload.sender) === sender,
});

const endsOf = (events: readonly Event[], frames: ReadonlyMap<CopyId, Frame>, leg: Leg): readonly Ended[] =>
  events.filter(
    (event): event is Ended =>
      (event.kind === 'dropped' || event.kind === 'withheld') &&
      !ORDINARY.has(event.reason) &&
      matches(frames, event.copy, leg),
  );

/** Of all that went wrong, what went wrong on the way to this address; everything where nobody has it. */
const pick = (network: Network, ends: readonly Ended[], to: Ip): readonly Cause[] => {
  const near = wayTo(network, to);
  const there = ends.filter(({ at }) => near.has(`${at.machine}#${at.id}`));
  const causes = new Map<string, Cause>();
  for (const { reason, at } of there.length > 0 ? there : ends)
    causes.set(`${reason} ${at.machine}#${at.id}`, { reason, at });
  return [...causes.values()];
};

/** The devices that a frame for this address comes through last: its device, the parents below, and what they are plugged into. */
const wayTo = (network: Network, to: Ip): ReadonlySet<string> => {
  const near = new Set<string>();
  for (const machine of Object.values(network.machines))
    for (const device of devicesOf(machine))
      if (device.addresses.some(({ local }) => local === to)) addWay(network, machine.name, device, near);
  return near;
};

const addWay = (network: Network, machine: MachineName, device: Device, near: Set<string>): void => {
  near.add(`${machine}#${device.id}`);
  const home = network.machines[machine];
  if (isStacked(device)) {
    const parent = home?.devices[(device satisfies StackedDevice).parent];
    if (parent) addWay(network, machine, parent, near);
  } else if (device.kind === 'veth') near.add(`${machine}#${device.peer}`);
  else if (device.kind === 'nic') {
    const far = farEndOf(network, machine, device.id);
    if (far.plugged) near.add(`${far.end.machine}#${far.end.device}`);
  }
};
