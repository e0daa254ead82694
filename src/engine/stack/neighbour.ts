import { macNumber } from '../../model/mac.ts';
import { MILLISECOND, type NeighbourEventState, SECOND } from '../event.ts';
import { BROADCAST, type IpAddr, ipAddr, type MacAddr } from '../frame.ts';
import { transmit } from '../netdev.ts';
import { drop, dropOut } from '../skb.ts';
import type { Neighbour, NetDev, Netns, Skb, World } from '../world.ts';

/** Defaults of the neigh sysctls (net/ipv4/arp.c:arp_tbl). */
/** A second, and what the timer wheel rounds up: it keeps those of about a second to within 32 or 64 ms (kernel/time/timer.c:calc_index). */
export const RETRANSMIT = SECOND + 20 * MILLISECOND;
export const DELAY_FIRST_PROBE = 5 * SECOND;
const UNICAST_PROBES = 3;
const MULTICAST_PROBES = 3;
const LOCKTIME = SECOND;
const BASE_REACHABLE = 30 * SECOND;
/** unres_qlen_bytes holds about this many small packets. */
const QUEUE = 101;

type State = Neighbour['state'];
/** An address is known that may be used. */
const VALID = new Set<State>(['permanent', 'noarp', 'reachable', 'probe', 'stale', 'delay']);
const CONNECTED = new Set<State>(['permanent', 'noarp', 'reachable']);
const valid = (neighbour: Neighbour): boolean => VALID.has(neighbour.state);

export const validNeighbour = (dev: NetDev, ip: IpAddr): MacAddr | undefined => {
  const neighbour = dev.neighbours.get(ip);
  return neighbour && valid(neighbour) ? neighbour.mac : undefined;
};

/** Between half and one and a half of the base (neighbour.c:neigh_rand_reach_time). */
const reachableTime = (world: World): number => Math.floor(BASE_REACHABLE * (0.5 + world.random()));

const become = (world: World, neighbour: Neighbour, state: NeighbourEventState): void => {
  neighbour.state = state;
  if (!world.listener) return;
  const event = {
    kind: 'neighbour',
    time: world.clock.now(),
    at: neighbour.dev.spot,
    ip: neighbour.ip,
    state,
  } as const;
  world.listener(valid(neighbour) ? { ...event, mac: neighbour.mac } : event);
};

/** A new entry (neighbour.c:___neigh_create). Some need no asking. */
export const createNeighbour = (world: World, dev: NetDev, ip: IpAddr): Neighbour => {
  const now = world.clock.now();
  const neighbour: Neighbour = {
    ip,
    dev,
    mac: 0,
    state: 'none',
    used: now,
    confirmed: now,
    updated: now,
    probes: 0,
    router: false,
    queue: [],
    alarm: undefined,
  };
  const mac = world.protocols.construct(dev, ip);
  if (mac !== undefined) {
    neighbour.mac = mac;
    neighbour.state = 'noarp';
  }
  dev.neighbours.set(ip, neighbour);
  return neighbour;
};

const stop = (world: World, neighbour: Neighbour): void => {
  if (neighbour.alarm) world.clock.cancel(neighbour.alarm);
  neighbour.alarm = undefined;
};

const wake = (world: World, neighbour: Neighbour, delay: number): void => {
  stop(world, neighbour);
  neighbour.alarm = world.clock.after(delay, () => {
    neighbour.alarm = undefined;
    expire(world, neighbour);
  });
};

const probe = (world: World, neighbour: Neighbour): void => {
  const unicast = neighbour.probes < UNICAST_PROBES && valid(neighbour);
  neighbour.probes++;
  world.protocols.solicit(world, neighbour, unicast ? neighbour.mac : BROADCAST);
};

/** A timer ran out (net/core/neighbour.c:neigh_timer_handler). */
const expire = (world: World, neighbour: Neighbour): void => {
  const now = world.clock.now();
  switch (neighbour.state) {
    case 'reachable':
      if (now <= neighbour.used + DELAY_FIRST_PROBE) {
        become(world, neighbour, 'delay');
        neighbour.updated = now;
        wake(world, neighbour, DELAY_FIRST_PROBE);
      } else {
        become(world, neighbour, 'stale');
        neighbour.updated = now;
      }
      return;
    case 'delay':
      if (now <= neighbour.confirmed + DELAY_FIRST_PROBE) {
        become(world, neighbour, 'reachable');
        neighbour.updated = now;
        wake(world, neighbour, neighbour.confirmed + reachableTime(world) - now);
        return;
      }
      become(world, neighbour, 'probe');
      neighbour.updated = now;
      neighbour.probes = 0;
      break;
    case 'probe':
    case 'incomplete':
      break;
    default:
      return;
  }
  const limit = neighbour.state === 'probe' ? UNICAST_PROBES : UNICAST_PROBES + MULTICAST_PROBES;
  if (neighbour.probes >= limit) {
    fail(world, neighbour);
    return;
  }
  wake(world, neighbour, RETRANSMIT);
  probe(world, neighbour);
};

/** Nobody answers: what waits is given up (neighbour.c:neigh_invalidate). */
const fail = (world: World, neighbour: Neighbour): void => {
  become(world, neighbour, 'failed');
  neighbour.updated = world.clock.now();
  for (const { skb } of neighbour.queue.splice(0)) {
    world.protocols.linkFailure(world, skb);
    dropOut(world, skb, neighbour.dev, 'neighbour.failed');
  }
};

/** Whether a packet may go now; otherwise it waits and the neighbour is asked for (neighbour.c:__neigh_event_send). */
const ready = (world: World, neighbour: Neighbour, skb: Skb, source: IpAddr): boolean => {
  const now = world.clock.now();
  neighbour.used = now;
  switch (neighbour.state) {
    case 'permanent':
    case 'noarp':
    case 'reachable':
    case 'delay':
    case 'probe':
      return true;
    case 'stale':
      become(world, neighbour, 'delay');
      neighbour.updated = now;
      wake(world, neighbour, DELAY_FIRST_PROBE);
      return true;
    case 'incomplete':
      hold(world, neighbour, skb, source);
      return false;
    case 'none':
    case 'failed':
      hold(world, neighbour, skb, source);
      startAsking(world, neighbour);
      return false;
  }
};

const startAsking = (world: World, neighbour: Neighbour): void => {
  neighbour.probes = UNICAST_PROBES;
  neighbour.updated = world.clock.now();
  become(world, neighbour, 'incomplete');
  wake(world, neighbour, RETRANSMIT);
  probe(world, neighbour);
};

const hold = (world: World, neighbour: Neighbour, skb: Skb, source: IpAddr): void => {
  if (neighbour.queue.length >= QUEUE) {
    const oldest = neighbour.queue.shift();
    if (oldest) dropOut(world, oldest.skb, neighbour.dev, 'neighbour.queue-full');
  }
  neighbour.queue.push({ skb, source });
  if (world.listener)
    world.listener({
      kind: 'held',
      time: world.clock.now(),
      copy: skb.copy,
      at: neighbour.dev.spot,
      waitsFor: neighbour.ip,
    });
};

/** Puts the neighbour's address on a packet and sends it, or lets it wait (neighbour.c:neigh_resolve_output). */
export const sendVia = (world: World, dev: NetDev, nextHop: IpAddr, skb: Skb, source: IpAddr) => {
  const neighbour = dev.neighbours.get(nextHop) ?? createNeighbour(world, dev, nextHop);
  skb.dev = dev;
  if (!dev.up) return transmit(world, dev, skb);
  if (!ready(world, neighbour, skb, source)) return undefined;
  return output(world, neighbour, skb);
};

const output = (world: World, neighbour: Neighbour, skb: Skb) => {
  skb.frame = { src: neighbour.dev.mac, dst: neighbour.mac, vlan: 0, payload: skb.frame.payload };
  return transmit(world, neighbour.dev, skb);
};

/** Asks for an address without a packet to send (a redirect's new gateway: neigh_event_send without a packet). */
export const solicitNeighbour = (world: World, dev: NetDev, ip: IpAddr): void => {
  const neighbour = dev.neighbours.get(ip) ?? createNeighbour(world, dev, ip);
  if (neighbour.state === 'none' || neighbour.state === 'failed') startAsking(world, neighbour);
};

export type Update = {
  readonly mac: MacAddr;
  readonly state: 'reachable' | 'stale';
  readonly override: boolean;
  /** What contradicts an entry in use without overriding it makes it doubtful (NEIGH_UPDATE_F_WEAK_OVERRIDE). */
  readonly weak?: boolean;
  /** Whether it says to be a router, if it says so. */
  readonly router?: boolean;
};

/** A neighbour made itself known (neighbour.c:neigh_update). Entries that a person made stay as they are. */
export const updateNeighbour = (world: World, neighbour: Neighbour, update: Update): void => {
  const now = world.clock.now();
  if (neighbour.state === 'permanent' || neighbour.state === 'noarp') return;
  const wasValid = valid(neighbour);
  const differs = neighbour.mac !== update.mac;
  const resists = wasValid && differs && !update.override;
  if (update.state === 'reachable') neighbour.confirmed = now;
  if (resists && !(update.weak && CONNECTED.has(neighbour.state))) return;
  if (!resists) neighbour.router = update.router ?? neighbour.router;
  const changed = !wasValid || (differs && !resists);
  const doubtful = resists || update.state === 'stale';
  const state = doubtful ? (wasValid && !differs ? neighbour.state : 'stale') : 'reachable';
  if (state !== neighbour.state || changed) neighbour.updated = now;
  if (changed) {
    neighbour.mac = update.mac;
    if (!CONNECTED.has(state)) neighbour.confirmed = now - 2 * BASE_REACHABLE;
  }
  if (state !== neighbour.state) turn(world, neighbour, state as NeighbourEventState);
  if (!wasValid) for (const { skb } of neighbour.queue.splice(0)) output(world, neighbour, skb);
};

const turn = (world: World, neighbour: Neighbour, state: NeighbourEventState): void => {
  stop(world, neighbour);
  if (state === 'reachable') wake(world, neighbour, reachableTime(world));
  become(world, neighbour, state);
};

/** Whether the entry is old enough for another address to replace it. */
export const unlocked = (world: World, neighbour: Neighbour): boolean =>
  world.clock.now() > neighbour.updated + LOCKTIME;

/** A reply that the upper layer saw confirms the entry (include/net/neighbour.h:neigh_confirm). */
export const confirmNeighbour = (world: World, dev: NetDev, ip: IpAddr): void => {
  const neighbour = dev.neighbours.get(ip);
  if (neighbour && valid(neighbour)) neighbour.confirmed = world.clock.now();
};

/** Forgets an entry and what waits for it (neighbour.c:neigh_flush_dev). */
export const forgetNeighbour = (world: World, neighbour: Neighbour): void => {
  stop(world, neighbour);
  neighbour.dev.neighbours.delete(neighbour.ip);
  for (const { skb } of neighbour.queue.splice(0)) drop(world, skb, neighbour.dev, 'neighbour.flushed');
};

/** Sets an entry as `ip neigh` does, whatever it was before. */
export const setNeighbour = (world: World, dev: NetDev, ip: IpAddr, mac: MacAddr, state: NeighbourEventState): void => {
  const known = dev.neighbours.get(ip);
  const neighbour = known ?? createNeighbour(world, dev, ip);
  // It may be laid in later than it was entered, and nobody is told: it stands in the network, or somebody has just typed it.
  const entered = world.changedAt;
  if (!known) neighbour.used = entered;
  stop(world, neighbour);
  neighbour.mac = mac;
  neighbour.updated = entered;
  neighbour.probes = 0;
  if (!known || CONNECTED.has(state)) neighbour.confirmed = entered;
  neighbour.state = state;
  if (state === 'reachable') wake(world, neighbour, reachableTime(world));
  if (state === 'delay' || state === 'probe' || state === 'incomplete') wake(world, neighbour, 0);
  if (valid(neighbour)) for (const { skb } of neighbour.queue.splice(0)) output(world, neighbour, skb);
};

/** Lays in the entries that a person made for good, and takes those away that were deleted. */
export const syncStaticNeighbours = (world: World, ns: Netns, deviceOf: (id: number) => NetDev | undefined): void => {
  const wanted = new Set<Neighbour>();
  for (const { device, ip, mac, state } of ns.namespace.neighbours) {
    const dev = deviceOf(device);
    if (!dev) continue;
    const address = ipAddr(ip);
    const known = dev.neighbours.get(address);
    if (known?.state !== state || known.mac !== macNumber(mac))
      setNeighbour(world, dev, address, macNumber(mac), state);
    wanted.add(dev.neighbours.get(address)!);
  }
  for (const dev of ns.devices)
    for (const neighbour of [...dev.neighbours.values()])
      if (neighbour.state === 'permanent' && !wanted.has(neighbour)) forgetNeighbour(world, neighbour);
};
