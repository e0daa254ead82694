import { SECOND, type Time } from '../../../engine/event.ts';
import type { PacketSocket, Simulation } from '../../../engine/simulation.ts';
import type { Place } from '../../../model/network.ts';
import type { Process } from '../../process.ts';
import type { Source } from './devices.ts';
import type { Test } from './filter-tests.ts';
import { type Sight, sightText, stampText } from './print.ts';
import type { Style } from './style.ts';

type Capture = {
  readonly source: Source;
  readonly style: Style;
  readonly matches: Test;
  readonly sockets: PacketSocket[];
  captured: number;
  received: number;
  since: Time | undefined;
  over: boolean;
  interrupted: boolean;
  stdout: string;
};

/** How long nothing has to come until somebody would have pressed Ctrl-C. */
const SILENCE = 60 * SECOND;

/** What goes out of a loopback comes in again, and is shown once (libpcap pcap-linux.c:linux_check_direction). */
const isShown = (sight: Sight, isLoopback: boolean, { options }: Style): boolean => {
  const outgoing = sight.as === 'outgoing';
  if (outgoing && isLoopback) return false;
  return options.direction === 'inout' || (options.direction === 'out') === outgoing;
};

const see = (capture: Capture, sight: Sight, isLoopback: boolean): void => {
  const { style, matches } = capture;
  const { count, numbered, stamps } = style.options;
  // A broadcast that comes back to its sender is kept from taps (net/packet/af_packet.c:packet_rcv).
  if (capture.over || sight.as === 'loopback' || !matches({ frame: sight.frame, outgoing: sight.as === 'outgoing' }))
    return;
  capture.received++;
  if (!isShown(sight, isLoopback, style)) return;
  capture.captured++;
  const number = numbered ? `${String(capture.captured).padStart(5)}  ` : '';
  const stamp = stampText(sight.time, capture.since ?? sight.time, style);
  capture.stdout += `${number}${stamp}${sightText(sight, capture.source.cooked, style)}`;
  if (stamps === 3 || capture.since === undefined) capture.since = sight.time;
  if (capture.captured === count) close(capture);
};

const close = (capture: Capture): void => {
  capture.over = true;
  for (const socket of capture.sockets) socket.close();
};

const heading = ({ source, style }: Capture): string => {
  const { verbose, snapshot } = style.options;
  const type = source.cooked ? 'LINUX_SLL2 (Linux cooked v2)' : 'EN10MB (Ethernet)';
  const listening = `listening on ${source.name}, link-type ${type}, snapshot length ${snapshot} bytes\n`;
  const cooked = source.cooked ? 'tcpdump: data link type LINUX_SLL2\n' : '';
  if (verbose) return `${cooked}tcpdump: ${listening}`;
  return `${cooked}tcpdump: verbose output suppressed, use -v[v]... for full protocol decode\n${listening}`;
};

/** tcpdump.c:info */
const totals = ({ captured, received }: Capture): string => {
  const packets = (count: number, what: string): string => `${count} packet${count === 1 ? '' : 's'} ${what}\n`;
  return packets(captured, 'captured') + packets(received, 'received by filter') + packets(0, 'dropped by kernel');
};

export type Listening = Process & {
  /** Nothing has come for so long that nobody would wait any longer. */
  readonly isSilent: () => boolean;
};

/** Listens to a device until enough was seen, or until it is interrupted. */
export const startCapture = (
  source: Source,
  matches: Test,
  style: Style,
  at: Place,
  simulation: Simulation,
): Listening => {
  const capture: Capture = {
    ...{ source, style, matches, sockets: [], captured: 0, received: 0 },
    ...{ since: undefined, over: false, interrupted: false, stdout: '' },
  };
  let heard = simulation.now();
  for (const { name, ifindex, kind } of source.devices) {
    const socket = simulation.packetSocket(at, name, (frame, as, time) => {
      heard = time;
      see(capture, { frame, as, time, device: name, ifindex }, kind === 'loopback');
    });
    capture.sockets.push(socket);
  }
  return {
    done: () => capture.over,
    interrupt: () => {
      capture.interrupted = true;
      close(capture);
    },
    isSilent: () => simulation.now() - heard >= SILENCE,
    output: () => ({
      stdout: `${capture.stdout}${capture.interrupted ? '\n' : ''}`,
      stderr: heading(capture) + totals(capture),
      exit: 0,
    }),
  };
};
