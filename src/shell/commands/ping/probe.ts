import { SECOND } from '../../../engine/event.ts';
import type { EchoRequest } from '../../../engine/simulation.ts';
import { type Errno, STRERROR } from '../../../model/refusal.ts';
import { AT_MOST, adapt, atLeast, countSent, inFlight, isEnough, LEAST_INTERVAL, type Ping, stamp } from './state.ts';

/** For how long a ping may last. */
const LONGEST = 7 * 24 * 3600 * SECOND;
const ANY_TIME = 1000;

/** Sends a packet if one is due. The answer is for how many milliseconds none will be (ping_common.c:pinger). */
export const probe = (ping: Ping): number => {
  if (ping.exiting || isEnough(ping)) return ANY_TIME;
  if (isTooMuch(ping)) {
    ping.gaveUp = true;
    ping.exiting = true;
    return ANY_TIME;
  }
  const pause = takeToken(ping);
  if (pause > 0) return pause;
  tellOutstanding(ping);
  const errno = send(ping);
  if (errno === undefined) return sent(ping);
  return errno === 'ENOBUFS' ? noRoom(ping) : lost(ping);
};

const isTooMuch = ({ counts, simulation, begun }: Ping): boolean =>
  counts.transmitted >= AT_MOST || simulation.now() - begun > LONGEST;

/** One packet an interval, and as many at once as -l allows. */
const takeToken = (ping: Ping): number => {
  const { preload } = ping.session.options;
  const now = ping.simulation.now();
  if (ping.last === undefined) {
    ping.tokens = ping.interval * (preload - 1);
    ping.last = now;
    return 0;
  }
  const elapsed = Math.trunc((now - ping.last) / 1e6);
  if (ping.interval === 0 && elapsed < LEAST_INTERVAL && inFlight(ping) >= preload) return LEAST_INTERVAL - elapsed;
  const tokens = Math.min(elapsed + ping.tokens, ping.interval * preload);
  if (tokens < ping.interval) return ping.interval - tokens;
  ping.tokens = tokens - ping.interval;
  ping.last = now;
  return 0;
};

/** -O */
const tellOutstanding = (ping: Ping): void => {
  const { transmitted } = ping.counts;
  const seq = transmitted % 65_536;
  if (ping.session.options.outstanding && transmitted > 0 && !ping.answered.has(seq))
    ping.stdout += `${stamp(ping)}no answer yet for icmp_seq=${seq}\n`;
};

const sent = (ping: Ping): number => {
  const { quiet, flood } = ping.session.options;
  ping.refusals = 0;
  countSent(ping);
  if (flood && !quiet) ping.stdout += '.';
  return ping.interval - ping.tokens;
};

/** The device has no room: tries again for as long as ping would wait for an answer, and then lets the packet go. */
const noRoom = (ping: Ping): number => {
  const { adaptive, linger, quiet, flood } = ping.session.options;
  ping.addend += Math.min(Math.trunc(ping.counts.rtt / 8), 50_000);
  if (adaptive) adapt(ping);
  ping.tokens = 0;
  const pause = Math.min(500, atLeast(Math.trunc(ping.interval / 2)));
  ping.refusals++;
  if (ping.refusals * pause < linger) return pause;
  if (flood && !quiet) ping.stdout += 'E';
  else if (!quiet) ping.stderr += `ping: sendmsg: ${STRERROR.ENOBUFS}\n`;
  return lost(ping);
};

/** Counted as sent. This version of ping has no word for most reasons: it finds its error queue empty, and takes that for one. */
const lost = (ping: Ping): number => {
  countSent(ping);
  ping.tokens = 0;
  return atLeast(ping.interval);
};

const send = (ping: Ping): Errno | undefined => {
  const { session, simulation, counts } = ping;
  const { bytes, direct } = session.options;
  const seq = (counts.transmitted + 1) % 65_536;
  ping.answered.delete(seq);
  ping.sentAt.set(seq, simulation.now());
  // net/ipv4/raw.c:raw_sendmsg refuses at once what no packet can hold.
  const isSix = session.family === 6;
  if (bytes + 8 > 0xffff && !isSix) return 'EMSGSIZE';
  if (direct && isBehindGateway(ping)) return 'ENETUNREACH';
  const errno = bytes + (isSix ? 8 : 28) > 0xffff ? 'EMSGSIZE' : ping.socket.send(echoRequest(ping, seq));
  if (errno === 'EMSGSIZE') tellTooLong(ping);
  return errno;
};

const echoRequest = ({ session, ident }: Ping, seq: number): EchoRequest => {
  const { bytes, ttl, broadcast, pathMtu } = session.options;
  const fragments = pathMtu ?? (session.multicast ? 'do' : 'want');
  return {
    to: session.to,
    ident,
    seq,
    bytes,
    broadcast,
    ...(ttl === undefined ? {} : { ttl }),
    ...(fragments === 'want' ? {} : { dontFragment: fragments === 'do' }),
  };
};

const routeOf = ({ session, simulation }: Ping) =>
  simulation.routeGet(session.at, {
    to: session.to,
    ...(session.source === undefined ? {} : { from: session.source }),
    ...(session.device === undefined ? {} : { out: session.device }),
  });

const isBehindGateway = (ping: Ping): boolean => {
  const route = routeOf(ping);
  return route.type === 'unicast' && route.gateway !== undefined;
};

/** The kernel's own error (net/ipv4/ip_output.c:__ip_append_data). A quiet ping does not even count it. */
const tellTooLong = (ping: Ping): void => {
  const { quiet, flood } = ping.session.options;
  if (quiet) return;
  const mtu = ping.socket.mtu(ping.session.to);
  const is = ping.session.family === 4 ? '=' : ': ';
  if (flood) ping.stdout += 'E';
  else ping.stderr += `ping: local error: message too long, mtu${is}${mtu}\n`;
  ping.counts.errors++;
};
