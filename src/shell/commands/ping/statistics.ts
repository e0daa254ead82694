import type { Time } from '../../../engine/event.ts';
import { millis } from './text.ts';

/** What ping counts. Round trips in microseconds; `rtt` is eight times their moving average. */
export type Counts = {
  transmitted: number;
  received: number;
  repeats: number;
  errors: number;
  /** How many packets were on their way at once. */
  pipe: number;
  least: number;
  most: number;
  sum: number;
  sumOfSquares: number;
  rtt: number;
};

export const newCounts = (): Counts => ({
  transmitted: 0,
  received: 0,
  repeats: 0,
  errors: 0,
  pipe: -1,
  least: Number.MAX_SAFE_INTEGER,
  most: 0,
  sum: 0,
  sumOfSquares: 0,
  rtt: 0,
});

export const countRoundTrip = (counts: Counts, micros: number): void => {
  counts.sum += micros;
  counts.sumOfSquares += micros * micros;
  counts.least = Math.min(counts.least, micros);
  counts.most = Math.max(counts.most, micros);
  counts.rtt = counts.rtt === 0 ? micros * 8 : counts.rtt + micros - Math.trunc(counts.rtt / 8);
};

/** `%g` of a float: six digits, no zeros behind. */
const percent = (value: number): string => String(Number(Math.fround(value).toPrecision(6)));

const roundTrips = ({ received, repeats, least, most, sum, sumOfSquares }: Counts): string => {
  const total = received + repeats;
  const average = Math.trunc(sum / total);
  const variance = Math.trunc((sumOfSquares - (sum * sum) / total) / total);
  const deviation = Math.floor(Math.sqrt(Math.max(0, variance)));
  return `rtt min/avg/max/mdev = ${millis(least)}/${millis(average)}/${millis(most)}/${millis(deviation)} ms`;
};

export type Ending = {
  readonly name: string;
  /** From the first packet to the last. */
  readonly elapsed: Time;
  readonly timed: boolean;
  /** Packets went as fast as answers came. */
  readonly hurried: boolean;
};

/** The last lines (ping_common.c:finish). */
export const statistics = (counts: Counts, { name, elapsed, timed, hurried }: Ending): string => {
  const { transmitted, received, repeats, errors, pipe, rtt } = counts;
  let text = `\n--- ${name} ping statistics ---\n${transmitted} packets transmitted, ${received} received`;
  if (repeats > 0) text += `, +${repeats} duplicates`;
  if (errors > 0) text += `, +${errors} errors`;
  if (transmitted > 0)
    text += `, ${percent(((transmitted - received) * 100) / transmitted)}% packet loss, time ${Math.round(elapsed / 1e6)}ms`;
  const last: string[] = [];
  if (received > 0 && timed) last.push(roundTrips(counts));
  if (pipe > 1) last.push(`pipe ${pipe}`);
  if (received > 0 && hurried && transmitted > 1) {
    const gap = Math.trunc(Math.trunc(elapsed / 1000) / (transmitted - 1));
    last.push(`ipg/ewma ${millis(gap)}/${millis(Math.trunc(rtt / 8))} ms`);
  }
  return `${text}\n${last.join(', ')}\n`;
};
