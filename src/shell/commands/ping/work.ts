import { MILLISECOND, SECOND, type Time } from '../../../engine/event.ts';
import type { IcmpMessage, Simulation } from '../../../engine/simulation.ts';
import type { Process } from '../../process.ts';
import type { Session } from './open.ts';
import { probe } from './probe.ts';
import { concerns, take } from './receive.ts';
import { atLeast, countOf, inFlight, isCutShort, isEnough, isTimed, LEAST_INTERVAL, type Ping } from './state.ts';
import { newCounts, statistics } from './statistics.ts';

/**
 * Whoever waits for a socket is woken a little late, since the timer wheel rounds up: timers of more than 63 ticks by several
 * ticks (kernel/time/timer.c:calc_index). So three lost packets are known to be lost before a fourth is sent, as on real machines.
 */
const late = (milliseconds: number): number => milliseconds + (milliseconds > 630 ? 21 : 5);

/** `-W 0` waits for ever. */
const FOR_EVER = 3600 * SECOND;

/** One turn of the main loop (ping_common.c:main_loop). */
const turn = (ping: Ping): void => {
  if (ping.over) return;
  ping.wake?.cancel();
  if (isFinished(ping)) return finish(ping);
  const before = ping.counts.transmitted;
  let next = 0;
  do next = scheduleExit(ping, probe(ping));
  while (next <= 0);
  if (ping.gaveUp) return finish(ping);
  if (isEnough(ping) && ping.counts.transmitted === before) return;
  ping.wake = ping.simulation.after(late(patience(ping, next)) * MILLISECOND, () => turn(ping));
};

const isFinished = ({ session, counts, exiting, count }: Ping): boolean => {
  const { deadline } = session.options;
  return exiting || (count > 0 && counts.received + counts.errors >= count) || (deadline > 0 && counts.errors > 0);
};

/** For how long the socket is listened to: until the next packet is due, but never longer than the interval. */
const patience = (ping: Ping, next: number): number => {
  const { adaptive } = ping.session.options;
  if (!adaptive && next >= atLeast(ping.interval)) return atLeast(ping.interval);
  return next <= LEAST_INTERVAL && inFlight(ping) > 0 ? LEAST_INTERVAL : next;
};

/** After the last packet, a timer ends it all: twice the longest round trip, or -W (ping_common.c:__schedule_exit). */
const scheduleExit = (ping: Ping, next: number): number => {
  if (!isEnough(ping) || ping.lingers) return next;
  const { counts, interval, session } = ping;
  const micros = counts.received > 0 ? Math.max(2 * counts.most, 1000 * interval) : 1000 * session.options.linger;
  ping.lingers = true;
  const expire = () => {
    ping.gaveUp = micros <= 0;
    ping.exiting = true;
    turn(ping);
  };
  ping.alarms.push(ping.simulation.after(micros > 0 ? micros * 1000 : FOR_EVER, expire));
  return Math.max(next, Math.trunc(micros / 1000));
};

const finish = (ping: Ping): void => {
  const { session, counts, begun, last } = ping;
  const { adaptive, flood } = session.options;
  ping.over = true;
  ping.socket.close();
  for (const alarm of ping.alarms) alarm.cancel();
  ping.stdout += statistics(counts, {
    name: session.name,
    elapsed: (last ?? begun) - begun,
    timed: isTimed(ping),
    hurried: ping.interval === 0 || flood || adaptive,
  });
  if (isCutShort(ping))
    ping.stderr += `hairpin: ping stopped after ${counts.transmitted} packets, since no one can press Ctrl-C; use -c, -w or -W\n`;
};

/** Reads what has come as ping does: as long as answers are outstanding, and then back to the loop. */
const read = (ping: Ping): void => {
  while (ping.inbox.length > 0 && !ping.over) {
    do take(ping, ping.inbox.shift()!);
    while (ping.inbox.length > 0 && inFlight(ping) !== 0);
    turn(ping);
  }
};

/** What comes at one instant has all come before the program runs. */
const hear = (ping: Ping, message: IcmpMessage): void => {
  if (ping.over || !concerns(ping, message)) return;
  ping.inbox.push(message);
  if (ping.inbox.length === 1) ping.simulation.after(0, () => read(ping));
};

const idents = new WeakMap<Simulation, number>();

/** Debian's ping numbers its packets by its process: each ping has a number of its own. */
const nextIdent = (simulation: Simulation): number => {
  const ident = ((idents.get(simulation) ?? 1000) % 65_535) + 1;
  idents.set(simulation, ident);
  return ident;
};

const create = (session: Session, simulation: Simulation): Ping => {
  const { options, at, family, device, source, stdout, stderr } = session;
  const bound = { ...(device === undefined ? {} : { device }), ...(source === undefined ? {} : { source }) };
  const ping: Ping = {
    ...{ session, simulation, stdout, stderr },
    socket: simulation.icmpSocket({ at, family, ...bound, receive: (message) => hear(ping, message) }),
    ident: options.ident ?? nextIdent(simulation),
    count: countOf(options),
    counts: newCounts(),
    ...{ answered: new Set<number>(), sentAt: new Map<number, Time>(), inbox: [], alarms: [] },
    begun: simulation.now(),
    last: undefined,
    interval: options.flood && !options.intervalGiven ? 0 : options.interval,
    ...{ tokens: 0, refusals: 0, addend: 0, acked: 0, wake: undefined },
    ...{ lingers: false, exiting: false, gaveUp: false, over: false },
  };
  return ping;
};

export const startPing = (session: Session, simulation: Simulation): Process => {
  const ping = create(session, simulation);
  const { count, deadline } = session.options;
  const exit = () => {
    ping.exiting = true;
    turn(ping);
  };
  if (deadline > 0) ping.alarms.push(simulation.after(deadline * SECOND, exit));
  turn(ping);
  return {
    done: () => ping.over,
    interrupt: exit,
    output: () => {
      const { received } = ping.counts;
      const isFailure = received === 0 || (deadline > 0 && received < count);
      return { stdout: ping.stdout, stderr: ping.stderr, exit: isFailure ? 1 : 0 };
    },
  };
};
