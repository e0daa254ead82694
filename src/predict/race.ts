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

type Passing = { readonly from: Map<MacAddr, Spot>; readonly to: Set<MacAddr> };

/**
 * Whether two things happened in one instant at one place that remembers. What a bridge learns and what a stack hears
 * are all that outlives a frame; the order in which a bridge serves its ports, or a parent its children, can only show
 * where two frames that have an address in common pass one bridge at the same time, where one stack takes two of them
 * at the same time, or where two machines answer one question. Where none of that happens, simultaneous events commute,
 * and any other order of the lists would have led to the same end.
 */
export const hasRace = (meeting: Meeting, events: readonly Event[]): boolean => {
  const answering = new Map<string, string>();
  let passing = new Map<string, Passing>();
  let hearing = new Set<string>();
  let now = -1;
  for (const event of events) {
    if (event.time !== now) {
      now = event.time;
      if (passing.size > 0) passing = new Map();
      if (hearing.size > 0) hearing = new Set();
    }
    if (raced(event, meeting, passing, hearing, answering)) return true;
  }
  return false;
};

const placeOf = ({ machine, namespace }: Spot): string => `${machine} ${namespace}`;

const raced = (
  event: Event,
  meeting: Meeting,
  passing: Map<string, Passing>,
  hearing: Set<string>,
  answering: Map<string, string>,
): boolean => {
  switch (event.kind) {
    case 'sent':
    case 'received': {
      const bridge = meeting(event.at, event.kind);
      return bridge !== undefined && collides(passing, bridge, event);
    }
    case 'delivered': {
      const place = placeOf(event.at);
      if (hearing.has(place)) return true;
      hearing.add(place);
      return false;
    }
    case 'created':
      return answersToo(event, answering);
    default:
      return false;
  }
};

const collides = (
  passing: Map<string, Passing>,
  bridge: string,
  { kind, at, frame }: Extract<Event, { kind: 'sent' | 'received' }>,
): boolean => {
  const here = passing.get(bridge) ?? { from: new Map(), to: new Set() };
  passing.set(bridge, here);
  const before = here.from.get(frame.src);
  if (here.from.has(frame.dst) || here.to.has(frame.src) || (before !== undefined && before !== at)) return true;
  here.to.add(frame.dst);
  if (kind === 'received') here.from.set(frame.src, at);
  return false;
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
