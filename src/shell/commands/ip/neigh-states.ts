import type { NeighbourState } from '../../../model/operation.ts';
import { readUnsigned } from '../../text/numbers.ts';
import { exact, type Match, short } from './words.ts';

/** The bits of NUD_* (include/uapi/linux/neighbour.h), with what stands for each (ipneigh.c:nud_state_a2n). */
const STATES: readonly (readonly [NeighbourState, number, Match])[] = [
  ['permanent', 0x80, short('permanent')],
  ['reachable', 0x02, short('reachable')],
  ['noarp', 0x40, exact('noarp')],
  ['none', 0, exact('none')],
  ['stale', 0x04, exact('stale')],
  ['incomplete', 0x01, exact('incomplete')],
  ['delay', 0x08, exact('delay')],
  ['probe', 0x10, exact('probe')],
  ['failed', 0x20, short('failed')],
];

export const ALL_STATES: readonly NeighbourState[] = STATES.map(([state]) => state);

export const readState = (text: string): NeighbourState | undefined => {
  const number = readUnsigned(text, 32);
  return STATES.find(([, bit, matches]) => (number === undefined ? matches(text) : bit === number))?.[0];
};
