import type { Capture, LiveDevice } from '../agent/session.ts';
import type { Sighting } from '../plan.ts';
import { destinationOf, sourceOf, summaryOf } from './summary.ts';

const PACKET_OUTGOING = 4;

const compare = <T>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0);

/** Captures in the simulator's words: devices by name, and hardware addresses by whom they belong to. */
export const sightingsOf = (captures: readonly Capture[], devices: readonly LiveDevice[]): readonly Sighting[] => {
  const names = new Map(devices.map(({ tap, ifindex, name }) => [`${tap} ${ifindex}`, name]));
  const owners = new Map<string, string>();
  for (const { tap, name, mac } of devices.toSorted((a, b) => compare(a.tap, b.tap) || a.ifindex - b.ifindex))
    if (!owners.has(mac)) owners.set(mac, `${tap}/${name}`);
  const call = (mac: string): string => {
    const owner = owners.get(mac);
    if (owner !== undefined) return owner;
    if (mac === 'ff:ff:ff:ff:ff:ff') return 'broadcast';
    return Number.parseInt(mac.slice(0, 2), 16) % 2 === 1 ? 'multicast' : '?';
  };
  return captures.map(({ tap, ifindex, type, bytes }) => ({
    at: `${tap}/${names.get(`${tap} ${ifindex}`) ?? `#${ifindex}`}`,
    direction: type === PACKET_OUTGOING ? 'out' : 'in',
    from: call(sourceOf(bytes)),
    to: call(destinationOf(bytes)),
    frame: summaryOf(bytes),
  }));
};

export const sightingText = ({ at, direction, from, to, frame }: Sighting): string =>
  `${at} ${direction} ${from} > ${to} ${frame}`;

/**
 * Whether a sighting is the upkeep of a neighbour's entry, of multicast groups or of routers: when that comes depends on
 * timers and on the moment, not on how frames are forwarded.
 */
export const isUpkeep = ({ to, frame }: Sighting): boolean =>
  /router-solicitation|mld|icmp6-|^eth 0x|^arp reply |neighbor-(solicitation|advertisement)|proto-2$/.test(frame) ||
  (frame.startsWith('arp request') && to !== 'broadcast');
