import type { Event, Spot } from '../engine/event.ts';
import type { Frame, MacAddr } from '../engine/frame.ts';
import type { Network } from '../model/network.ts';

/** Where frames meet: by a port's spot the bridge that takes what comes in there, by a bridge's own the one it sends through. */
export type Meeting = (spot: Spot, kind: 'sent' | 'received') => string | undefined;

export const meetingsIn = (network: Network): Meeting => {
  const known = new Map<Spot, { readonly sent?: string; readonly received?: string }>();
  return (spot, kind) => {
    const before = known.get(spot);
    if (before) return before[kind];
    const device = network.machines[spot.machine]?.devices[spot.id];
    const there = {
      ...(device?.kind === 'bridge' ? { sent: `${spot.machine}#${device.id}` } : {}),
      ...(device?.master === undefined ? {} : { received: `${spot.machine}#${device.master}` }),
    };
    known.set(spot, there);
    return there[kind];
  };
};

/** What has passed a bridge in this instant: by which port from whom, and to whom. */
type Passing = { readonly from: Map<MacAddr, Spot>; readonly to: Set<MacAddr> };

type Instant = {
  readonly passing: Map<string, Passing>;
  readonly hearing: Set<string>;
  /** The last frame that came in by a port: what the bridge's own stack sends next is its answer. */
  latest: { readonly bridge: string; readonly src: MacAddr } | undefined;
};

const newInstant = (): Instant => ({ passing: new Map(), hearing: new Set(), latest: undefined });

/**
 * Whether two things happened in one instant at one place that remembers. What a bridge learns and what a stack hears
 * are all that outlives a frame; the order in which a bridge serves its ports, or a parent its children, can only show
 * where two frames that have an address in common pass one bridge at the same time, where one stack takes two of them
 * at the same time, or where two machines answer one question. Where none of that happens, simultaneous events commute,
 * and any other order of the lists would have led to the same end.
 */
export const hasRace = (meeting: Meeting, events: readonly Event[]): boolean => {
  const answering = new Map<string, string>();
  let instant = newInstant();
  let now = -1;
  for (const event of events) {
    if (event.time !== now) {
      now = event.time;
      instant = newInstant();
    }
    if (raced(event, meeting, instant, answering)) return true;
  }
  return false;
};

const placeOf = ({ machine, namespace }: Spot): string => `${machine} ${namespace}`;

const raced = (event: Event, meeting: Meeting, instant: Instant, answering: Map<string, string>): boolean => {
  switch (event.kind) {
    case 'received': {
      const bridge = meeting(event.at, event.kind);
      return bridge !== undefined && entersTwice(instant, bridge, event);
    }
    case 'sent': {
      const bridge = meeting(event.at, event.kind);
      return bridge !== undefined && crosses(instant, bridge, event.frame.dst);
    }
    case 'delivered': {
      const place = placeOf(event.at);
      if (instant.hearing.has(place)) return true;
      instant.hearing.add(place);
      return false;
    }
    case 'created':
      return answersToo(event, answering);
    default:
      return false;
  }
};

const passingAt = ({ passing }: Instant, bridge: string): Passing => {
  const known = passing.get(bridge);
  if (known) return known;
  const fresh: Passing = { from: new Map(), to: new Set() };
  passing.set(bridge, fresh);
  return fresh;
};

/** A frame comes in by a port while another one is there from the same sender by another port, from its receiver, or to its sender. */
const entersTwice = (
  instant: Instant,
  bridge: string,
  { at, frame: { src, dst } }: Extract<Event, { kind: 'received' }>,
): boolean => {
  const { from, to } = passingAt(instant, bridge);
  const before = from.get(src);
  if (from.has(dst) || to.has(src) || (before !== undefined && before !== at)) return true;
  from.set(src, at);
  to.add(dst);
  instant.latest = { bridge, src };
  return false;
};

/** The bridge's own stack sends to somebody who is heard in the same instant, and not in answer to that. */
const crosses = (instant: Instant, bridge: string, dst: MacAddr): boolean => {
  const { from, to } = passingAt(instant, bridge);
  to.add(dst);
  const { latest } = instant;
  return from.has(dst) && !(latest?.bridge === bridge && latest.src === dst);
};

/** A second machine answers for the same address: a proxy, or one whose address is in use twice. */
const answersToo = (
  { of, at, frame }: Extract<Event, { kind: 'created' }>,
  answering: Map<string, string>,
): boolean => {
  const key = of === undefined ? answered(frame) : undefined;
  if (key === undefined) return false;
  const place = placeOf(at);
  const before = answering.get(key);
  answering.set(key, place);
  return before !== undefined && before !== place;
};

const answered = ({ payload }: Frame): string | undefined => {
  if (payload.proto === 'arp') return payload.op === 'reply' ? `${payload.sender}` : undefined;
  if (payload.proto !== 'ipv6' || payload.body.icmp !== 'neighbor-advertisement') return undefined;
  return `${payload.body.target}`;
};
