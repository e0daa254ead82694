import type { Result } from '../../../../base/result.ts';
import type { Device, PortSettings } from '../../../../model/device.ts';
import type { Machine, Network, Place } from '../../../../model/network.ts';
import type { KindOptions } from '../../../../model/operation.ts';
import type { Field } from '../../../text/fields.ts';
import type { Outcome } from '../outcome.ts';
import type { Words } from '../words.ts';

/** A device as somebody in a namespace sees it. */
export type Seen = {
  readonly network: Network;
  readonly machine: Machine;
  readonly place: Place;
  readonly device: Device;
};

/** Where the words of a link are said: whether they make it is seen in what they must and must not hold. */
export type Situation = { readonly network: Network; readonly place: Place; readonly creating: boolean };

/** What the words behind `type` ask for. `flushes`: forget what was learned, which is an act and no setting. */
export type KindRequest = {
  readonly kind?: KindOptions;
  readonly port?: Partial<PortSettings>;
  readonly flushes?: boolean;
};

/** How a kind of device is written down: its words, its part of `ip -d link show`, its help. */
export type Kind = {
  readonly names: readonly string[];
  /** Only called where words follow the type. */
  readonly parse: (name: string, words: Words, situation: Situation) => Result<KindRequest, Outcome>;
  /** Nothing where iproute2 prints nothing for the kind, not even an empty object. */
  readonly fields?: (seen: Seen) => readonly Field[];
  readonly usage: (name: string) => string;
};
