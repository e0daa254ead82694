import type { IcmpMessage } from '../engine/simulation.ts';
import type { Ip } from '../model/ip.ts';
import type { Errno } from '../model/refusal.ts';
import type { Cause } from './causes.ts';

/** What one endpoint may try on another. */
export type Probe = 'ping' | 'arp' | 'broadcast' | 'multicast';
export const PROBES: readonly Probe[] = ['ping', 'arp', 'broadcast', 'multicast'];

/** How a question ended. */
export type Outcome =
  | { readonly verdict: 'reached' }
  /** More answers than questions. */
  | { readonly verdict: 'duplicate'; readonly replies: number }
  /** An answer came, but from another machine that has the same address. */
  | { readonly verdict: 'impostor' }
  /** An ICMP error said so: from a router on the way, or from the asker's own stack. */
  | { readonly verdict: 'unreachable'; readonly code: number; readonly by: 'itself' | 'router'; readonly says: Ip }
  | { readonly verdict: 'expired'; readonly says: Ip }
  /** The request arrived, and no answer came back. */
  | { readonly verdict: 'one-way' }
  | { readonly verdict: 'timeout' }
  /** Frames went round in circles and multiplied. */
  | { readonly verdict: 'storm' }
  /** The asker's own stack would not send. */
  | { readonly verdict: 'refused'; readonly errno: Errno };
export type Verdict = Outcome['verdict'];

export type Answer = {
  readonly outcome: Outcome;
  readonly causes: readonly Cause[];
  /** Two things met at one place in one instant, so that it may matter who comes first in a list. */
  readonly raced: boolean;
};

/** Whether what was asked for came about; a storm brings everything and is nothing to wish for. */
export const isReached = ({ verdict }: Outcome): boolean => verdict === 'reached' || verdict === 'duplicate';

/** Everything that tells two answers apart, whoever gave them. */
export const outcomeCode = (outcome: Outcome): string => {
  switch (outcome.verdict) {
    case 'unreachable':
      return `unreachable/${outcome.code} by ${outcome.by}`;
    case 'duplicate':
      return `duplicate ×${outcome.replies}`;
    case 'refused':
      return `refused ${outcome.errno}`;
    default:
      return outcome.verdict;
  }
};

export const outcomeOfError = ({ from, to, icmp }: IcmpMessage): Outcome | undefined => {
  if (icmp.icmp === 'unreachable')
    return { verdict: 'unreachable', code: icmp.code, by: from === to ? 'itself' : 'router', says: from };
  return icmp.icmp === 'time-exceeded' ? { verdict: 'expired', says: from } : undefined;
};
