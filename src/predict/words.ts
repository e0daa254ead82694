import { REASONS } from '../engine/reason.ts';
import { placeName } from '../model/find.ts';
import type { Network } from '../model/network.ts';
import type { Cause } from './causes.ts';

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
