import type { Time } from '../../../engine/event.ts';
import type { IcmpMessage, IcmpSocket, Simulation, Timer } from '../../../engine/simulation.ts';
import { type Ip, isLinkLocal6 } from '../../../model/ip.ts';
import { nameOf } from '../../names.ts';
import type { Session } from './open.ts';
import type { PingOptions } from './options.ts';
import type { Counts } from './statistics.ts';

/** A ping at work (struct ping_rts). */
export type Ping = {
  readonly session: Session;
  readonly simulation: Simulation;
  readonly socket: IcmpSocket;
  readonly ident: number;
  /** How many packets to send; 0: without end. */
  readonly count: number;
  readonly counts: Counts;
  /** Sequence numbers that were answered, and when each was sent. */
  readonly answered: Set<number>;
  readonly sentAt: Map<number, Time>;
  /** What has come and is not read yet. */
  readonly inbox: IcmpMessage[];
  readonly alarms: Timer[];
  readonly begun: Time;
  /** When the last packet was sent, as ping sees it. */
  last: Time | undefined;
  /** Milliseconds from packet to packet; adaptive ping changes it. */
  interval: number;
  /** Milliseconds saved up for packets. */
  tokens: number;
  /** How often the device had no room. */
  refusals: number;
  addend: number;
  acked: number;
  wake: Timer | undefined;
  lingers: boolean;
  exiting: boolean;
  gaveUp: boolean;
  over: boolean;
  stdout: string;
  stderr: string;
};

/** ping.h:MININTERVAL, in milliseconds */
export const LEAST_INTERVAL = 10;
export const atLeast = (interval: number): number => Math.max(LEAST_INTERVAL, interval);

/** The packets carry the time at which they were sent, where it fits. */
export const isTimed = ({ session }: Ping): boolean => session.options.bytes >= 16;

/** All are sent, and nothing but answers is waited for. */
export const isEnough = ({ session, counts, count }: Ping): boolean =>
  count > 0 && counts.transmitted >= count && session.options.deadline === 0;

/** Nobody can press Ctrl-C: how many packets are sent at most where no end was asked for, and where one was. */
const WITHOUT_END = 1000;
export const AT_MOST = 100_000;

/** How many packets -c and -w ask for, as far as that is bearable. */
export const countOf = ({ count, deadline }: PingOptions): number => {
  if (count > 0) return Math.min(count, AT_MOST);
  return deadline > 0 ? 0 : WITHOUT_END;
};

/** It sent less than it was asked to. */
export const isCutShort = ({ session, counts, count, gaveUp }: Ping): boolean =>
  gaveUp || (count > 0 && count !== session.options.count && counts.transmitted >= count);

const half = 0x7fff;
const low16 = (value: number): number => ((value % 65_536) + 65_536) % 65_536;

/** ping.h:in_flight */
export const inFlight = ({ counts, acked }: Ping): number => {
  const distance = low16(counts.transmitted - acked);
  return distance <= half ? distance : counts.transmitted - counts.received - counts.errors;
};

/** ping.h:advance_ntransmitted */
export const countSent = (ping: Ping): void => {
  ping.counts.transmitted++;
  const sent = low16(ping.counts.transmitted);
  if (sent - ping.acked > half) ping.acked = low16(sent + 1);
};

/** ping.h:acknowledge */
export const acknowledge = (ping: Ping, seq: number): void => {
  const { counts } = ping;
  const distance = low16(counts.transmitted - seq);
  if (distance > half) return;
  counts.pipe = Math.max(counts.pipe, distance + 1);
  const ahead = low16(seq - ping.acked);
  if ((ahead > 0 && ahead <= half) || low16(counts.transmitted) - ping.acked > half) ping.acked = seq;
};

/** Adaptive ping sends as fast as answers come (ping_common.c:update_interval). */
export const adapt = (ping: Ping): void => {
  const estimate = ping.counts.rtt === 0 ? ping.interval * 1000 : Math.trunc(ping.counts.rtt / 8);
  ping.interval = Math.trunc((estimate + ping.addend + 500) / 1000);
};

/** -D */
export const stamp = ({ session, simulation }: Ping): string => {
  if (!session.options.timestamps) return '';
  const micros = Math.trunc(simulation.now() / 1000);
  return `[${Math.trunc(micros / 1e6)}.${String(micros % 1e6).padStart(6, '0')}] `;
};

/** An address as ping prints it (ping.c:pr_addr). */
export const addressText = ({ session }: Ping, ip: string): string => {
  const name = session.named ? nameOf(session.hosts, ip as Ip) : undefined;
  return name === undefined ? ip : `${name} (${ip})`;
};

/** Who sent a message: a link-local sender with the device that it was heard on. */
export const senderText = (ping: Ping, message: IcmpMessage): string => {
  const isScoped = message.family === 6 && isLinkLocal6(message.from);
  return `${addressText(ping, message.from)}${isScoped ? `%${message.device}` : ''}`;
};
