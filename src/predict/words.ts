import { assertNever } from '../base/assert-never.ts';
import { REASONS } from '../engine/reason.ts';
import { placeName } from '../model/find.ts';
import type { Network } from '../model/network.ts';
import type { Cause } from './causes.ts';
import type { Outcome, Probe, Verdict } from './outcome.ts';

/** A cause as a person reads it. */
export type CauseText = {
  readonly sentence: string;
  /** Namespace and device. */
  readonly where: string;
  readonly code: string;
  readonly source: string;
  readonly remedy: string;
};

/** The remedies speak of DEV, PORT and CHILD; here one of them has a name. */
const naming = (remedy: string, device: string): string => remedy.replace(/\b(DEV|PORT|CHILD)\b/g, device);

export const causeText = (network: Network, { reason, at }: Cause): CauseText => {
  const { sentence, source, remedy } = REASONS[reason];
  const where = `${placeName(network, { machine: at.machine, namespace: at.namespace })}/${at.device}`;
  return { sentence, where, code: reason, source, remedy: naming(remedy, at.device) };
};

/** One character for a cell of a table; what it means, for the legend. */
export const MARKS: Readonly<Record<Verdict, { readonly mark: string; readonly meaning: string }>> = {
  reached: { mark: '✓', meaning: 'reached' },
  duplicate: { mark: '2', meaning: 'answered more than once' },
  impostor: { mark: '~', meaning: 'answered by another machine with the same address' },
  unreachable: { mark: '✗', meaning: 'unreachable' },
  expired: { mark: '↻', meaning: 'the time to live ran out' },
  'one-way': { mark: '→', meaning: 'the request arrives, the reply does not' },
  timeout: { mark: '?', meaning: 'no answer' },
  storm: { mark: '∞', meaning: 'broadcast storm' },
  refused: { mark: '!', meaning: 'the sender itself refuses' },
};

/** What came of it, as the predicate of a sentence about the asker and the other. */
export const outcomeText = (outcome: Outcome): string => {
  switch (outcome.verdict) {
    case 'reached':
      return 'reached';
    case 'duplicate':
      return `reached, with ${outcome.replies} replies to one request`;
    case 'impostor':
      return 'answered, but by another machine that has the same address';
    case 'unreachable': {
      const { by, code, says } = outcome;
      return by === 'itself' ? 'the next hop does not answer' : `unreachable, says ${says} (code ${code})`;
    }
    case 'expired':
      return `the time to live runs out at ${outcome.says}`;
    case 'one-way':
      return 'the request arrives, the reply does not';
    case 'timeout':
      return 'no answer';
    case 'storm':
      return 'a broadcast storm';
    case 'refused':
      return `the sender itself refuses (${outcome.errno})`;
    default:
      return assertNever(outcome);
  }
};

/** What a probe does, in the infinitive. */
export const PROBE_WORDS: Readonly<Record<Probe, string>> = {
  ping: 'ping',
  arp: 'resolve',
  broadcast: 'reach by broadcast',
  multicast: 'reach by multicast',
};
