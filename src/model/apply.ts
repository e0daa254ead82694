import type { Network } from './network.ts';
import type { Operation } from './operation.ts';
import type { Refusal } from './refusal.ts';

/** The network after an operation. Refused: the network as the kernel leaves it, which is nearly always as it was. */
export type Applied = { readonly network: Network; readonly refusal?: Refusal };

/** Carries out one operation as the kernel would, or refuses it as the kernel would. */
export const apply = (_network: Network, _operation: Operation): Applied => {
  throw new Error('not yet');
};
