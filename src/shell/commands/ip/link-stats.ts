import type { Counters } from '../../../engine/simulation.ts';
import { BREAK, data, type Field, object, text } from '../../text/fields.ts';
import type { Options } from './options.ts';

/** Nothing here ever breaks a frame or drops it in a ring, so these are the counters that can be other than 0. */
type Row = readonly number[];

const rows = (c: Counters) => ({
  rx: [c.rxBytes, c.rxPackets, 0, c.rxDropped, 0, c.rxMulticast],
  rxErrors: [0, 0, 0, 0, 0],
  tx: [c.txBytes, c.txPackets, c.txErrors, c.txDropped, c.txCarrier, 0],
  txErrors: [0, 0, 0, 0, 0],
});

const PREFIXES = ['k', 'M', 'G', 'T', 'P', 'E'];

/** `-h`: three digits and a unit, of 1000 or with `-iec` of 1024 (ip/ipaddress.c:print_num). */
const humanNumber = (count: number, { iec }: Options): string => {
  const base = iec ? 1024 : 1000;
  if (count < base) return String(count);
  const power = Math.min(PREFIXES.length, Math.floor(Math.log(count) / Math.log(base)));
  const scaled = count / base ** power;
  const digits = scaled < 10 ? 2 : scaled < 100 ? 1 : 0;
  return `${scaled.toFixed(digits)}${PREFIXES[power - 1]}${iec ? 'i' : ''}`;
};

const cell = (count: number, options: Options): string => (options.human ? humanNumber(count, options) : String(count));

// The widest heading of each column over both directions.
const WIDTHS: readonly number[] = [
  '*X errors:',
  'packets',
  'errors',
  'dropped',
  'heartbt',
  'overrun',
  'compressed',
].map((heading) => heading.length);

const widthsFor = (table: readonly Row[], { human }: Options): readonly number[] =>
  WIDTHS.map((width, at) => (human ? width : Math.max(width, ...table.map((row) => String(row[at] ?? 0).length))));

const line = (cells: readonly string[], widths: readonly number[]): string =>
  cells.map((each, at) => each.padStart(widths[at] ?? 0)).join(' ');

const headed = (
  label: string,
  headings: readonly string[],
  counts: Row,
  widths: readonly number[],
  options: Options,
): readonly Field[] => {
  const [first = 0, ...others] = widths;
  const numbers = counts.map((count) => cell(count, options));
  return [
    text(`    ${label}: ${line([...headings, ''], [first - 4, ...others])}`),
    BREAK,
    text(`    ${line(numbers, widths)} `),
  ];
};

const errors = (
  label: string,
  headings: readonly string[],
  counts: Row,
  widths: readonly number[],
): readonly Field[] => {
  const [first = 0, ...others] = widths;
  return [
    BREAK,
    text(`    ${label} errors:${' '.repeat(first - 10)} ${line(headings, others)}`),
    BREAK,
    text(`${' '.repeat(first + 5)}${line(counts.map(String), others)} `),
  ];
};

const people = (counters: Counters, options: Options): readonly Field[] => {
  const table = rows(counters);
  const widths = widthsFor([table.rx, table.tx], options);
  const more = options.stats > 1;
  return [
    ...headed('RX', ['bytes', 'packets', 'errors', 'dropped', 'missed', 'mcast'], table.rx, widths, options),
    ...(more ? errors('RX', ['length', 'crc', 'frame', 'fifo', 'overrun'], table.rxErrors, widths) : []),
    BREAK,
    ...headed('TX', ['bytes', 'packets', 'errors', 'dropped', 'carrier', 'collsns'], table.tx, widths, options),
    ...(more ? errors('TX', ['aborted', 'fifo', 'window', 'heartbt', 'transns'], table.txErrors, widths) : []),
  ];
};

const keyed = (keys: string, counts: Row): readonly Field[] =>
  keys.split(' ').map((key, at) => data(key, counts[at] ?? 0));

const RX_MORE = 'length_errors crc_errors frame_errors fifo_errors missed_errors';
const TX_MORE = 'aborted_errors fifo_errors window_errors heartbeat_errors carrier_changes';

const programs = (counters: Counters, { stats }: Options): Field => {
  const { rx, tx, rxErrors, txErrors } = rows(counters);
  return object('stats64', [
    object('rx', [
      ...keyed('bytes packets errors dropped over_errors multicast', rx),
      ...(stats > 1 ? keyed(RX_MORE, rxErrors) : []),
    ]),
    object('tx', [
      ...keyed('bytes packets errors dropped carrier_errors collisions', tx),
      ...(stats > 1 ? keyed(TX_MORE, txErrors) : []),
    ]),
  ]);
};

/** `ip -s`: two lines a direction, and with `-s -s` two more. */
export const statsFields = (counters: Counters, options: Options): readonly Field[] => [
  ...people(counters, options),
  programs(counters, options),
];
