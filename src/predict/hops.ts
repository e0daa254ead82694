import type { CopyId, Event, Spot, Time } from '../engine/event.ts';
import type { Frame } from '../engine/frame.ts';
import type { ReasonCode } from '../engine/reason.ts';
import { ORDINARY } from './causes.ts';

/** Which part of the conversation a frame is. */
export type Leg = 'question' | 'answer' | 'request' | 'reply' | 'error' | 'other';

export type End =
  | { readonly kind: 'delivered'; readonly at: Spot }
  | { readonly kind: 'dropped' | 'withheld'; readonly at: Spot; readonly reason: ReasonCode }
  /** Sent on by a router, as a hop of its own. */
  | { readonly kind: 'forwarded'; readonly at: Spot };

/** The way of one copy from device to device, how it ended, and whether that says anything. */
export type Trail = {
  readonly path: readonly Spot[];
  /** Where on the path it parted from the copy that it was made of. */
  readonly parted: number;
  readonly end?: End;
  readonly ordinary: boolean;
};

/** One frame that a stack sent: the way of the frame itself or of the copy that went furthest, and what became of the others. */
export type Hop = {
  readonly time: Time;
  readonly leg: Leg;
  /** Where it was sent. */
  readonly at: Spot;
  readonly frame: Frame;
  /** How often it was sent with the same outcome. */
  readonly times: number;
  readonly main: Trail;
  readonly others: readonly Trail[];
  /** Copies that came to somebody whom they did not concern. */
  readonly ignored: number;
  /** It waits for a neighbour before it goes. */
  readonly waits: boolean;
};

type Copy = {
  readonly root: CopyId;
  readonly path: Spot[];
  readonly parted: number;
  readonly ends: End[];
  waits: boolean;
  /** When it first went anywhere, or was given up. */
  left: Time | undefined;
};

const legOf = ({ payload }: Frame): Leg => {
  switch (payload.proto) {
    case 'arp':
      return payload.op === 'request' ? 'question' : 'answer';
    case 'ipv4':
    case 'ipv6':
      switch (payload.body.icmp) {
        case 'echo-request':
          return 'request';
        case 'echo-reply':
          return 'reply';
        case 'neighbor-solicitation':
          return 'question';
        case 'neighbor-advertisement':
          return 'answer';
        default:
          return 'error';
      }
    case 'other':
      return 'other';
  }
};

type Root = { readonly time: Time; readonly at: Spot; readonly frame: Frame; readonly copies: Copy[] };

/** Follows every copy, and puts those that descend from one frame together. What a router sends on is a frame of its own. */
const rootsIn = (events: readonly Event[]): readonly Root[] => {
  const successors = new Set(events.flatMap((event) => (event.kind === 'forwarded' ? [event.as] : [])));
  const copies = new Map<CopyId, Copy>();
  const roots = new Map<CopyId, Root>();
  for (const event of events) {
    if (event.kind === 'created') {
      const parent = event.of === undefined || successors.has(event.copy) ? undefined : copies.get(event.of);
      const root = parent?.root ?? event.copy;
      const path = [...(parent?.path ?? [])];
      const copy: Copy = { root, path, parted: path.length, ends: [], waits: false, left: undefined };
      copies.set(event.copy, copy);
      if (!parent) roots.set(root, { time: event.time, at: event.at, frame: event.frame, copies: [] });
      roots.get(root)?.copies.push(copy);
    } else if ('copy' in event) follow(copies.get(event.copy), event);
  }
  return [...roots.values()];
};

const follow = (copy: Copy | undefined, event: Extract<Event, { readonly copy: CopyId }>): void => {
  if (!copy) return;
  switch (event.kind) {
    case 'sent':
    case 'received':
      copy.left ??= event.time;
      if (copy.path.at(-1) !== event.at) copy.path.push(event.at);
      return;
    case 'held':
      copy.waits = true;
      return;
    case 'delivered':
      copy.ends.push({ kind: 'delivered', at: event.at });
      return;
    case 'forwarded':
      copy.ends.push({ kind: 'forwarded', at: event.at });
      return;
    case 'dropped':
    case 'withheld':
      copy.left ??= event.time;
      copy.ends.push({ kind: event.kind, at: event.at, reason: event.reason });
      return;
    case 'created':
      return;
  }
};

const isOrdinary = (end: End): boolean => 'reason' in end && ORDINARY.has(end.reason);

/** The copy that tells the story: the one that was taken, else the one that was lost where it mattered, else the longest. */
const weight = ({ path, end, ordinary }: Trail): number => {
  const steps = Math.min(path.length, 99);
  if (end === undefined || end.kind === 'withheld' || ordinary) return end?.kind === 'withheld' ? -1 : steps;
  return (end.kind === 'dropped' ? 100 : 200) + steps;
};

const hopOf = ({ time, at, frame, copies }: Root): Hop => {
  const trails = copies.flatMap(({ path, parted, ends }): readonly Trail[] => {
    const last = ends.find(({ kind }) => kind !== 'withheld');
    const own = { path, parted, ordinary: last !== undefined && isOrdinary(last), ...(last && { end: last }) };
    const withheld = ends.filter(({ kind }) => kind === 'withheld');
    return [own, ...withheld.map((end) => ({ path: [], parted: 0, ordinary: isOrdinary(end), end }))];
  });
  const main = trails.reduce((best, trail) => (weight(trail) > weight(best) ? trail : best));
  const rest = trails.filter((trail) => trail !== main && trail.end !== undefined);
  return {
    // What waits for a neighbour is told when it goes, or when it is given up.
    time: copies[0]?.waits ? (copies[0].left ?? time) : time,
    leg: legOf(frame),
    at,
    frame,
    times: 1,
    main,
    others: rest.filter(({ ordinary }) => !ordinary),
    ignored: rest.filter(({ ordinary }) => ordinary).length,
    waits: copies.some(({ waits }) => waits),
  };
};

const sameText = (value: unknown): string =>
  JSON.stringify(value, (key, part: unknown) => {
    if (key === 'time' || key === 'times') return undefined;
    return typeof part === 'bigint' ? `${part}` : part;
  });

/** What happened, frame by frame; one that is sent again with the same outcome is told once. */
export const hopsIn = (events: readonly Event[]): readonly Hop[] => {
  const hops: Hop[] = [];
  for (const root of rootsIn(events)) {
    const hop = hopOf(root);
    const index = hops.findIndex((one) => sameText(one) === sameText(hop));
    if (index < 0) hops.push(hop);
    else hops[index] = { ...hops[index]!, times: hops[index]!.times + 1 };
  }
  return hops.sort((a, b) => a.time - b.time);
};
