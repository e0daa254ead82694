import { type Icmp, type Icmp6, ipAddr } from '../../../engine/frame.ts';
import type { IcmpMessage } from '../../../engine/simulation.ts';
import { acknowledge, adapt, addressText, isTimed, type Ping, senderText, stamp } from './state.ts';
import { countRoundTrip } from './statistics.ts';
import { errorText, errorText6, timeText } from './text.ts';

type Subject = { readonly seq: number };

/** The echo request of ours that an error speaks of. */
const subjectOf = (ping: Ping, icmp: Icmp | Icmp6): Subject | undefined => {
  if (!('about' in icmp)) return undefined;
  const { dst, body } = icmp.about;
  const isOurs = body.icmp === 'echo-request' && body.ident === ping.ident && dst === ipAddr(ping.session.to);
  return isOurs ? { seq: body.seq } : undefined;
};

/** A raw socket hears of all ICMP; other pings on the same machine have numbers of their own. */
export const concerns = (ping: Ping, { icmp }: IcmpMessage): boolean =>
  icmp.icmp === 'echo-reply' ? icmp.ident === ping.ident : subjectOf(ping, icmp) !== undefined;

export const take = (ping: Ping, message: IcmpMessage): void => {
  const { icmp } = message;
  switch (icmp.icmp) {
    case 'echo-reply':
      return takeReply(ping, message, icmp.seq);
    case 'redirect':
    case 'unreachable':
    case 'time-exceeded':
    case 'packet-too-big':
      return takeError(ping, message);
    default:
  }
};

/** ping.c:ping4_receive_error_msg; redirects come by the socket itself (ping4_parse_reply) and count for nothing. */
const takeError = (ping: Ping, message: IcmpMessage): void => {
  const { icmp } = message;
  const { quiet, flood } = ping.session.options;
  const { seq } = subjectOf(ping, icmp) ?? { seq: 0 };
  const isRedirect = icmp.icmp === 'redirect';
  if (!isRedirect) {
    acknowledge(ping, seq);
    ping.counts.errors++;
  }
  if (quiet) return;
  if (flood) {
    if (!isRedirect) ping.stdout += '\bE';
    return;
  }
  const text = message.family === 6 ? errorText6(message.icmp) : errorText(message.icmp, (ip) => addressText(ping, ip));
  ping.stdout += `${stamp(ping)}From ${senderText(ping, message)}${isRedirect ? ':' : ''} icmp_seq=${seq} ${text}\n`;
};

/** ping_common.c:gather_statistics */
const takeReply = (ping: Ping, message: IcmpMessage, seq: number): void => {
  const { counts, session, answered } = ping;
  const { quiet, flood, adaptive, audible } = session.options;
  acknowledge(ping, seq);
  const micros = Math.trunc(message.time / 1000) - Math.trunc((ping.sentAt.get(seq) ?? message.time) / 1000);
  if (isTimed(ping)) {
    countRoundTrip(counts, micros);
    if (adaptive) adapt(ping);
  }
  const isRepeat = answered.has(seq);
  answered.add(seq);
  if (isRepeat) counts.repeats++;
  else counts.received++;
  if (quiet) return;
  const bell = audible ? '\x07' : '';
  ping.stdout += flood ? `\b \b${bell}` : `${replyText(ping, message, seq, micros, isRepeat)}${bell}\n`;
};

const replyText = (ping: Ping, message: IcmpMessage, seq: number, micros: number, isRepeat: boolean): string => {
  const { bytes, from, ttl } = message;
  const { options, multicast, to } = ping.session;
  const ident = options.verbose ? ` ident=${ping.ident}` : '';
  const time = isTimed(ping) ? ` time=${timeText(micros)} ms` : '';
  const repeat = isRepeat && (!multicast || options.verbose) ? ' (DUP!)' : '';
  const stranger = !multicast && from !== to ? ' (DIFFERENT ADDRESS!)' : '';
  const whom = senderText(ping, message);
  return `${stamp(ping)}${bytes} bytes from ${whom}: icmp_seq=${seq}${ident} ttl=${ttl}${time}${repeat}${stranger}`;
};
