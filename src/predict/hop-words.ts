import type { Spot } from '../engine/event.ts';
import { type Frame, ipText } from '../engine/frame.ts';
import { REASONS } from '../engine/reason.ts';
import { placeName } from '../model/find.ts';
import type { Network } from '../model/network.ts';
import type { End, Hop, Leg, Trail } from './hops.ts';

/** One frame's way in sentences. The copies are the only part that is set in. */
export type HopText = {
  readonly leg: Leg;
  readonly headline: string;
  readonly way: string;
  readonly copies: readonly string[];
};

export const spotName = (network: Network, { machine, namespace, device }: Spot): string =>
  `${placeName(network, { machine, namespace })}/${device}`;

/** Devices in a row, each with its place where that changes. */
const pathText = (network: Network, path: readonly Spot[]): string => {
  let place = '';
  return path
    .map((spot) => {
      const here = placeName(network, spot);
      const text = here === place ? spot.device : `${here}/${spot.device}`;
      place = here;
      return text;
    })
    .join(' → ');
};

const endText = (network: Network, end: End): string => {
  const where = spotName(network, end.at);
  switch (end.kind) {
    case 'delivered':
      return `taken by ${placeName(network, end.at)}`;
    case 'forwarded':
      return `${placeName(network, end.at)} sends it on`;
    case 'dropped':
      return `dropped at ${where}: ${REASONS[end.reason].sentence} [${end.reason}]`;
    case 'withheld':
      return `not for ${where}: ${REASONS[end.reason].sentence} [${end.reason}]`;
  }
};

const trailText = (network: Network, { path, end, ordinary }: Trail, from: number): string => {
  const outcome = ordinary ? ['and concerns nobody there'] : end ? [endText(network, end)] : [];
  return [pathText(network, path.slice(from)), ...outcome].filter((text) => text !== '').join(', ');
};

/** What the sender does, as the predicate of a sentence. */
const actText = ({ payload }: Frame): string => {
  switch (payload.proto) {
    case 'arp':
      return payload.op === 'request'
        ? `asks who has ${ipText(payload.target)}`
        : `answers that it has ${ipText(payload.sender)}`;
    case 'ipv4':
    case 'ipv6': {
      const way = `from ${ipText(payload.src)} to ${ipText(payload.dst)}`;
      switch (payload.body.icmp) {
        case 'echo-request':
          return `sends the request ${way}`;
        case 'echo-reply':
          return `sends the reply ${way}`;
        case 'neighbor-solicitation':
          return `asks who has ${ipText(payload.body.target)}`;
        case 'neighbor-advertisement':
          return `answers that it has ${ipText(payload.body.target)}`;
        case 'redirect':
          return `tells ${ipText(payload.dst)} of a nearer gateway`;
        case 'unreachable':
          return `tells ${ipText(payload.dst)} that ${ipText(payload.body.about.dst)} is unreachable`;
        case 'time-exceeded':
          return `tells ${ipText(payload.dst)} that the time to live has run out`;
        default:
          return `tells ${ipText(payload.dst)}: ${payload.body.icmp.replaceAll('-', ' ')}`;
      }
    }
    case 'other':
      return 'sends a frame to everybody';
  }
};

const repeated = (times: number): string => (times === 1 ? '' : `, ${times} times`);

export const hopText = (network: Network, hop: Hop): HopText => {
  const who = placeName(network, hop.at);
  const waits = !hop.waits
    ? ''
    : hop.main.path.length > 0
      ? ', once it knows the next hop'
      : ', and waits for the next hop in vain';
  const ignored = hop.ignored > 0 ? [`${hop.ignored} more to whom it means nothing`] : [];
  return {
    leg: hop.leg,
    headline: `${who} ${actText(hop.frame)}${repeated(hop.times)}${waits}`,
    way: trailText(network, hop.main, 0),
    copies: [...hop.others.map((trail) => trailText(network, trail, Math.max(0, trail.parted - 1))), ...ignored],
  };
};
