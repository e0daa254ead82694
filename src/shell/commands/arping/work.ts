import { MICROSECOND, type PacketType, SECOND, type Time } from '../../../engine/event.ts';
import { ARP_LENGTH, type Arp, BROADCAST, type Frame, ipText, type MacAddr, macText } from '../../../engine/frame.ts';
import type { PacketSocket, Simulation, Timer } from '../../../engine/simulation.ts';
import { ipv4Number } from '../../../model/ip.ts';
import { macNumber } from '../../../model/mac.ts';
import type { Process } from '../../process.ts';
import type { Session } from './open.ts';

/** An arping at work (struct run_state). */
type Arping = {
  readonly session: Session;
  readonly simulation: Simulation;
  readonly socket: PacketSocket;
  readonly own: MacAddr;
  readonly source: number;
  readonly target: number;
  to: MacAddr;
  lastSent: Time | undefined;
  turns: number;
  sent: number;
  broadcasts: number;
  received: number;
  requests: number;
  broadcastReplies: number;
  over: boolean;
  stdout: string;
  stderr: string;
};

/** Nobody can press Ctrl-C. */
const WITHOUT_END = 1000;
const AT_MOST = 100_000;

const probeFrame = ({ session, own, source, target, to }: Arping): Frame => {
  const { advertise } = session.options;
  const op = advertise ? 'reply' : 'request';
  const payload: Arp = {
    ...{ proto: 'arp', op, senderMac: own, sender: source },
    ...{ targetMac: advertise ? own : to, target, length: ARP_LENGTH },
  };
  return { src: own, dst: to, vlan: 0, payload };
};

/** arping.c:send_pack */
const send = (arping: Arping): void => {
  const { socket, simulation, to } = arping;
  const now = simulation.now();
  const isBroadcast = to === BROADCAST;
  if (socket.send(probeFrame(arping)) !== undefined) return;
  arping.lastSent = now;
  arping.sent++;
  if (isBroadcast) arping.broadcasts++;
};

/** The timer of every interval (arping.c:event_loop). */
const tick = (arping: Arping): void => {
  const { count, timeout } = arping.session.options;
  arping.turns++;
  if (count > 0 && arping.turns > count) return finish(arping);
  if (arping.turns > (count > 0 || timeout > 0 ? AT_MOST : WITHOUT_END)) {
    arping.stderr += `hairpin: arping stopped after ${arping.sent} probes, since no one can press Ctrl-C; use -c or -w\n`;
    return finish(arping);
  }
  send(arping);
};

/** Whether a packet is an answer to ours (arping.c:recv_pack). */
const isAnswer = ({ session, own, source, target }: Arping, arp: Arp): boolean => {
  if (arp.sender !== target) return false;
  if (session.options.detect) return arp.senderMac !== own && (source === 0 || source === arp.target);
  return arp.target === source && arp.targetMac === own;
};

const receive = (arping: Arping, frame: Frame, as: PacketType | 'outgoing', time: Time): void => {
  const { payload, vlan } = frame;
  const isForUs = as === 'host' || as === 'broadcast' || as === 'multicast';
  if (arping.over || !isForUs || payload.proto !== 'arp' || vlan !== 0 || !isAnswer(arping, payload)) return;
  const { options } = arping.session;
  if (!options.quiet) arping.stdout += answerText(arping, payload, as, time);
  arping.received++;
  if (options.timeout > 0 && arping.received === options.count) return finish(arping);
  if (as !== 'host') arping.broadcastReplies++;
  if (payload.op === 'request') arping.requests++;
  if (options.quitOnReply) return finish(arping);
  if (!options.broadcastOnly) arping.to = payload.senderMac;
};

const answerText = ({ source, own, lastSent }: Arping, arp: Arp, as: PacketType, time: Time): string => {
  const how = `${as === 'host' ? 'Unicast' : 'Broadcast'} ${arp.op}`;
  const isForOther = arp.target !== source;
  let whom = isForOther ? `for ${ipText(arp.target)} ` : '';
  if (arp.targetMac !== own) whom += `${isForOther ? '' : 'for '}[${hex(arp.targetMac)}]`;
  const took = lastSent === undefined ? ' UNSOLICITED?' : ` ${tookText(time - lastSent)}ms`;
  return `${how} from ${ipText(arp.sender)} [${hex(arp.senderMac)}] ${whom}${took}\n`;
};

const hex = (mac: MacAddr): string => macText(mac).toUpperCase();

/** Half a millisecond too much: the program rounds the milliseconds, and forgets it when it prints what is left. */
const tookText = (took: Time): string => {
  const micros = Math.trunc((took + 500) / MICROSECOND);
  const milliseconds = Math.trunc((micros + 500) / 1000);
  return `${milliseconds}.${String(micros - milliseconds * 1000 + 500).padStart(3, '0')}`;
};

/** arping.c:finish */
const finish = (arping: Arping): void => {
  const { session, sent, broadcasts, received, requests, broadcastReplies } = arping;
  arping.over = true;
  arping.socket.close();
  if (session.options.quiet) return;
  const kinds = [
    ...(requests > 0 ? [`${requests} request(s)`] : []),
    ...(broadcastReplies > 0 ? [`${broadcastReplies} broadcast(s)`] : []),
  ];
  const which = kinds.length > 0 ? ` (${kinds.join(', ')})` : '';
  arping.stdout += `Sent ${sent} probes (${broadcasts} broadcast(s))\nReceived ${received} response(s)${which}\n`;
};

const exitCode = ({ session, sent, broadcasts, received }: Arping): number => {
  const { detect, unsolicited, timeout, count } = session.options;
  if (detect) return received > 0 || (!unsolicited && broadcasts === received) ? 1 : 0;
  if (unsolicited) return 0;
  if (timeout > 0 && count === 0) return received > 0 ? 0 : 1;
  return received > 0 && sent === received ? 0 : 1;
};

/** A bridge takes all that its ports get before a socket for ARP sees it (net/core/dev.c:__netif_receive_skb_core). */
const isHeard = ({ device }: Session): boolean => device.master === undefined;

const create = (session: Session, simulation: Simulation): Arping => {
  const { at, device, source, target, stdout } = session;
  const arping: Arping = {
    ...{ session, simulation, stdout, stderr: '', lastSent: undefined, over: false, to: BROADCAST },
    socket: simulation.packetSocket(at, device.name, (frame, as, time) => {
      if (isHeard(session)) receive(arping, frame, as, time);
    }),
    ...{ own: macNumber(device.mac), source: ipv4Number(source), target: ipv4Number(target) },
    ...{ turns: 1, sent: 0, broadcasts: 0, received: 0, requests: 0, broadcastReplies: 0 },
  };
  return arping;
};

export const startArping = (session: Session, simulation: Simulation): Process => {
  const arping = create(session, simulation);
  const { interval, timeout } = session.options;
  const timers: Timer[] = [];
  const rearm = (): void => {
    if (interval > 0 && !arping.over) timers[0] = simulation.after(interval * SECOND, onTick);
  };
  const onTick = (): void => {
    if (arping.over) return;
    rearm();
    tick(arping);
  };
  const stop = (): void => {
    if (!arping.over) finish(arping);
    for (const timer of timers) timer.cancel();
  };
  rearm();
  // Of two timers that go off together, the program looks at that of the interval first.
  if (timeout > 0) timers[1] = simulation.after(timeout * SECOND + MICROSECOND, stop);
  send(arping);
  return {
    done: () => arping.over,
    interrupt: stop,
    output: () => {
      stop();
      return { stdout: arping.stdout, stderr: arping.stderr, exit: exitCode(arping) };
    },
  };
};
