import { ok } from '../../../../base/result.ts';
import type { Kind } from './kind.ts';

/** A dummy has no words of its own, and what is said to it is not even looked at. */
export const dummy: Kind = {
  names: ['dummy'],
  parse: () => ok({ kind: { kind: 'dummy' } }),
  usage: (name) => `Usage: ... ${name}\n`,
};
