/** What the programs of iproute2 share (its lib/): how words are read, and what is said when they cannot be. */
export { deviceAt, devicesAt, machineAt } from '../commands/ip/lookup.ts';
export {
  DONE,
  duplicate,
  ending,
  failure,
  garbage,
  INCOMPLETE,
  notModelled,
  type Outcome,
  said,
  wrong,
} from '../commands/ip/outcome.ts';
export {
  abbreviates,
  anything,
  either,
  exact,
  flag,
  type Match,
  option,
  type Reader,
  readAll,
  short,
  type Words,
  wordsOf,
} from '../commands/ip/words.ts';
