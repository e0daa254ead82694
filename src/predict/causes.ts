import type { CopyId, Event, Spot } from '../engine/event.ts';
import { type Frame, type IpAddr, ipText } from '../engine/frame.ts';
import type { ReasonCode } from '../engine/reason.ts';
import { type Device, isStacked } from '../model/device.ts';
import { devicesOf, farEndOf } from '../model/find.ts';
import type { Ip } from '../model/ip.ts';
import type { MachineName, Network } from '../model/network.ts';
import { answer, echo, experiment, firstEcho, framesIn, type Leg, question } from './legs.ts';

/** Where and why a probe went no further. */
export type Cause = { readonly reason: ReasonCode; readonly at: Spot };

/** Drops that happen wherever a frame goes to everybody: they explain nothing. */
export const ORDINARY: ReadonlySet<ReasonCode> = new Set([
  'arp.not-ours',
  'arp.own-sender',
  'arp.unsolicited',
  'nd.not-ours',
  'nd.unsolicited',
  'nd.reflected',
  'frame.otherhost',
  'macvlan.nobody',
  'ipvlan.nobody',
  'ip.fragment-kept',
  'icmp.broadcast-echo',
]);

type Ended = Extract<Event, { kind: 'dropped' | 'withheld' }>;

type Seen = {
  readonly network: Network;
  readonly events: readonly Event[];
  readonly frames: ReadonlyMap<CopyId, Frame>;
};

const seenIn = (network: Network, events: readonly Event[]): Seen => ({ network, events, frames: framesIn(events) });

/**
 * Why the ping in these events got no answer: the causes on the way to whom it should have reached, in order of time.
 * Empty when it was answered, or when nothing was ever sent.
 */
export const causesOf = (network: Network, events: readonly Event[]): readonly Cause[] => {
  const start = firstEcho(events);
  if (!start) return [];
  const { src, dst } = start;
  const seen = seenIn(network, events);
  const arrived = (leg: Leg): boolean =>
    events.some((event) => event.kind === 'delivered' && matches(seen, event.copy, leg));
  const request = echo('echo-request', src, dst);
  const reply = echo('echo-reply', dst, src);
  if (arrived(reply)) return [];
  return follow(seen, arrived(request) ? reply : request);
};

/** Why nobody answered when `asker` asked for this address, in the end: it never heard, or was not heard. */
export const causesOfSilence = (
  network: Network,
  events: readonly Event[],
  wanted: IpAddr,
  asker: Ip,
): readonly Cause[] => causesOfNoAnswer(seenIn(network, events), wanted, asker);

/** Why a frame to everybody was not heard at this address. */
export const causesUnheard = (network: Network, events: readonly Event[], to: Ip): readonly Cause[] => {
  const seen = seenIn(network, events);
  const leg = experiment(to);
  return pick(network, endsOf(seen, leg), to);
};

const matches = ({ frames }: Seen, copy: CopyId, leg: Leg): boolean => {
  const frame = frames.get(copy);
  return frame !== undefined && leg.is(frame);
};

const follow = (seen: Seen, leg: Leg): readonly Cause[] => {
  const { network } = seen;
  const ends = endsOf(seen, leg);
  const held = waiting(seen, leg);
  if (!held) return pick(network, ends, leg.to);
  const wanted = ipText(held.waitsFor);
  if (ownersOf(network, wanted).length === 0) return [{ reason: 'neighbour.nobody', at: held.at }];
  const causes = causesOfNoAnswer(seen, held.waitsFor, leg.to);
  return causes.length > 0 ? causes : pick(network, ends, leg.to);
};

const causesOfNoAnswer = (seen: Seen, wanted: IpAddr, asker: Ip): readonly Cause[] => {
  const { network } = seen;
  const replies = endsOf(seen, answer(wanted, asker));
  const sought = replies.length > 0 ? pick(network, replies, asker) : [];
  if (sought.length > 0) return sought;
  const silent = ownersOf(network, ipText(wanted)).find(({ device }) => device.noarp);
  if (silent) return [{ reason: 'arp.noarp', at: spotOf(silent) }];
  return pick(network, endsOf(seen, question(wanted)), ipText(wanted));
};

/** The packet that waits for its next hop, or has waited in vain. */
const waiting = (seen: Seen, leg: Leg) => {
  const { events } = seen;
  const gone = new Set(events.flatMap((event) => (event.kind === 'sent' ? [event.copy] : [])));
  return events.find(
    (event): event is Extract<Event, { kind: 'held' }> =>
      event.kind === 'held' && !gone.has(event.copy) && matches(seen, event.copy, leg),
  );
};

const spotOf = ({ machine, device }: { readonly machine: MachineName; readonly device: Device }): Spot => ({
  machine,
  namespace: device.namespace,
  device: device.name,
  id: device.id,
});

const endsOf = (seen: Seen, leg: Leg): readonly Ended[] =>
  seen.events.filter(
    (event): event is Ended =>
      (event.kind === 'dropped' || event.kind === 'withheld') &&
      !ORDINARY.has(event.reason) &&
      matches(seen, event.copy, leg),
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
