import type { CopyId, Event, Spot, Time } from '../engine/event.ts';
import type { Frame } from '../engine/frame.ts';
import { REASONS } from '../engine/reason.ts';
import { placeName } from '../model/find.ts';
import type { Network } from '../model/network.ts';
import { frameBytes } from './pcapng/frame-bytes.ts';

/** Block types and options (draft-ietf-opsawg-pcapng). */
const SECTION = 0x0a0d0d0a;
const INTERFACE = 1;
const PACKET = 6;
const OPTION = { end: 0, comment: 1, name: 2, flags: 2, hardware: 3, resolution: 9, application: 4 } as const;
const ETHERNET = 1;
const INBOUND = 1;
const OUTBOUND = 2;

type Record = {
  readonly at: Spot;
  readonly time: Time;
  readonly direction: typeof INBOUND | typeof OUTBOUND;
  readonly frame: Frame;
  readonly comments: string[];
};

/**
 * A trace as Wireshark opens it: one interface for each device that saw something, and a comment on the last sighting
 * of each frame that went no further.
 */
export const pcapng = (network: Network, events: readonly Event[]): Uint8Array => {
  const records = recordsIn(events);
  const spots = [...new Set(records.map(({ at }) => at))];
  const number = new Map(spots.map((spot, index) => [spot, index]));
  return joined([
    sectionBlock(),
    ...spots.map((spot) => interfaceBlock(`${placeName(network, spot)}/${spot.device}`)),
    ...records.map((record) => packetBlock(record, number.get(record.at)!)),
  ]);
};

const recordsIn = (events: readonly Event[]): readonly Record[] => {
  const records: Record[] = [];
  const last = new Map<CopyId, Record>();
  const parents = new Map<CopyId, CopyId>();
  const frames = new Map<CopyId, Frame>();
  const see = (copy: CopyId, record: Record): void => {
    records.push(record);
    last.set(copy, record);
  };
  for (const event of events) {
    if (event.kind === 'created') {
      frames.set(event.copy, event.frame);
      if (event.of !== undefined) parents.set(event.copy, event.of);
    } else if (event.kind === 'sent' || event.kind === 'received') {
      const { at, time, frame } = event;
      see(event.copy, { at, time, frame, direction: event.kind === 'sent' ? OUTBOUND : INBOUND, comments: [] });
    } else if (event.kind === 'dropped' || event.kind === 'withheld') {
      const { at, time, reason, copy } = event;
      const words = `${event.kind} at ${at.device}: ${REASONS[reason].sentence} [${reason}] ${REASONS[reason].source}`;
      const known = last.get(copy) ?? last.get(parents.get(copy) ?? copy);
      const frame = frames.get(copy);
      if (known) known.comments.push(words);
      else if (frame) see(copy, { at, time, frame, direction: OUTBOUND, comments: [words] });
    }
  }
  return records;
};

const text = (words: string): Uint8Array => {
  // No TextEncoder without Node or the DOM: UTF-8 by way of percent signs.
  const bytes = encodeURIComponent(words).replace(/%(..)/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Uint8Array.from(bytes, (char) => char.charCodeAt(0));
};

const joined = (parts: readonly Uint8Array[]): Uint8Array => {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
};

const padded = (bytes: Uint8Array): Uint8Array => joined([bytes, new Uint8Array(-bytes.length & 3)]);

const words32 = (...numbers: readonly number[]): Uint8Array => {
  const view = new DataView(new ArrayBuffer(4 * numbers.length));
  for (const [index, number] of numbers.entries()) view.setUint32(4 * index, number >>> 0, true);
  return new Uint8Array(view.buffer);
};

const option = (code: number, value: Uint8Array): Uint8Array =>
  joined([words32(code + value.length * 2 ** 16), padded(value)]);

const block = (type: number, body: readonly Uint8Array[]): Uint8Array => {
  const content = joined(body);
  const length = content.length + 12;
  return joined([words32(type, length), content, words32(length)]);
};

const END = words32(OPTION.end);

const sectionBlock = (): Uint8Array =>
  block(SECTION, [
    words32(0x1a2b3c4d, 1, 0xffff_ffff, 0xffff_ffff),
    option(OPTION.hardware, text('simulated')),
    option(OPTION.application, text('hairpin')),
    END,
  ]);

/** Times are nanoseconds. */
const interfaceBlock = (name: string): Uint8Array =>
  block(INTERFACE, [
    words32(ETHERNET, 0),
    option(OPTION.name, text(name)),
    option(OPTION.resolution, Uint8Array.of(9)),
    END,
  ]);

const packetBlock = ({ time, direction, frame, comments }: Record, device: number): Uint8Array => {
  const bytes = frameBytes(frame);
  return block(PACKET, [
    words32(device, Math.floor(time / 2 ** 32), time % 2 ** 32, bytes.length, bytes.length),
    padded(bytes),
    option(OPTION.flags, words32(direction)),
    ...[...new Set(comments)].map((comment) => option(OPTION.comment, text(comment))),
    END,
  ]);
};
