import type { CopyId, Event, Spot } from '../engine/event.ts';
import { type Frame, type Ipv4, ipText } from '../engine/frame.ts';
import type { ReasonCode } from '../engine/reason.ts';
import { type Device, isStacked } from '../model/device.ts';
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
  const held = waiting(events, frames, leg);
  if (!held) return pick(network, ends, leg.to);
  const wanted = ipText(held.waitsFor);
  const replies = endsOf(events, frames, arpReplyOf(wanted));
  const sought = replies.length > 0 ? pick(network, replies, leg.to) : [];
  if (sought.length > 0) return sought;
  const owners = ownersOf(network, wanted);
  if (owners.length === 0) return [{ reason: 'neighbour.nobody', at: held.at }];
  const silent = owners.find(({ device }) => device.noarp);
  if (silent) return [{ reason: 'arp.noarp', at: spotOf(silent) }];
  const asked = pick(network, endsOf(events, frames, arp('request', undefined, wanted)), wanted);
  return asked.length > 0 ? asked : pick(network, ends, leg.to);
};

/** The packet that waits for its next hop, or has waited in vain. */
const waiting = (events: readonly Event[], frames: ReadonlyMap<CopyId, Frame>, leg: Leg) => {
  const gone = new Set(events.flatMap((event) => (event.kind === 'sent' ? [event.copy] : [])));
  return events.find(
    (event): event is Extract<Event, { kind: 'held' }> =>
      event.kind === 'held' && !gone.has(event.copy) && matches(frames, event.copy, leg),
  );
};

const spotOf = ({ machine, device }: { readonly machine: MachineName; readonly device: Device }): Spot => ({
  machine,
  namespace: device.namespace,
  device: device.name,
  id: device.id,
});

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

/** Of all that went wrong, what went wrong last at each device on the way to this address; everything where nobody has it. */
const pick = (network: Network, ends: readonly Ended[], to: Ip): readonly Cause[] => {
  const way = wayTo(network, to);
  const there = ends.filter(({ kind, at }) => {
    const place = way.get(spotKey(at));
    return place === 'end' || place === 'port' || (place === 'between' && kind === 'dropped');
  });
  const causes = new Map<string, Cause>();
  for (const { reason, at } of there.length > 0 ? there : ends) {
    causes.delete(spotKey(at));
    causes.set(spotKey(at), { reason, at });
  }
  return [...causes.values()];
};

/**
 * The devices that a frame for this address comes through last. At its own device (`end`) and at the port that it is
 * plugged into, what was withheld counts; at the parents between them only what was lost.
 */
type Way = ReadonlyMap<string, 'end' | 'between' | 'port'>;

const spotKey = ({ machine, id }: { readonly machine: MachineName; readonly id: number }): string => `${machine}#${id}`;

const wayTo = (network: Network, to: Ip): Way => {
  const way = new Map<string, 'end' | 'between' | 'port'>();
  for (const { machine, device } of ownersOf(network, to)) {
    const below = addWay(network, machine, device, way);
    for (const key of below) if (!way.has(key)) way.set(key, 'port');
    way.set(spotKey({ machine, id: device.id }), 'end');
  }
  return way;
};

const ownersOf = (network: Network, ip: Ip) =>
  Object.values(network.machines).flatMap((machine) =>
    devicesOf(machine)
      .filter(({ addresses }) => addresses.some(({ local }) => local === ip))
      .map((device) => ({ machine: machine.name, device })),
  );

/** Notes the parents below a device; answers what the lowest of them is plugged into. */
const addWay = (
  network: Network,
  machine: MachineName,
  device: Device,
  way: Map<string, 'end' | 'between' | 'port'>,
): readonly string[] => {
  way.set(spotKey({ machine, id: device.id }), 'between');
  if (isStacked(device)) {
    const parent = network.machines[machine]?.devices[device.parent];
    return parent ? addWay(network, machine, parent, way) : [];
  }
  if (device.kind === 'veth') return [spotKey({ machine, id: device.peer })];
  const far = farEndOf(network, machine, device.id);
  return far.plugged ? [spotKey({ machine: far.end.machine, id: far.end.device })] : [];
};
