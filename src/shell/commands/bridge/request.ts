import { fail, ok, type Result } from '../../../base/result.ts';
import type { Device } from '../../../model/device.ts';
import type { Operation } from '../../../model/operation.ts';
import { type Refusal, refusalLine } from '../../../model/refusal.ts';
import type { Invocation } from '../../command.ts';
import { DONE, deviceAt, ending, failure, type Match, type Outcome, short } from '../../iproute/index.ts';
import type { Options } from './options.ts';

/** What an object of `bridge` (link, fdb, vlan) is asked: the words behind its name, in the namespace of `-n`. */
export type Request = Pick<Invocation, 'args' | 'place' | 'simulation'> & { readonly options: Options };
export type BridgeObject = (request: Request) => Outcome;

/** Where `ip` has 1 and 2, `bridge` gives up with -1, that is 255. */
export const failed = (stderr: string): Outcome => failure(stderr, 255);
export const refused = (refusal: Refusal): Outcome => failed(`${refusalLine(refusal)}\n`);
export const carryOut = ({ simulation }: Request, operation: Operation): Outcome => {
  const { refusal } = simulation.apply(operation);
  return refusal ? refused(refusal) : DONE;
};

export const noBridgeDevice = (name: string): Outcome => failed(`Cannot find bridge device "${name}"\n`);
export const noDevice = (name: string): Outcome => failed(`Cannot find device "${name}"\n`);

/** The device of that name, if one is named. */
export const maybeDevice = (
  { simulation, place }: Request,
  name: string | undefined,
  missing: (name: string) => Outcome,
): Result<Device | undefined, Outcome> => {
  if (name === undefined) return ok(undefined);
  const device = deviceAt(simulation.network(), place, name);
  return device ? ok(device) : fail(missing(name));
};

/** atoi(3): the number that the word begins with, else 0. */
export const atoi = (word: string): number => Number(/^\s*([+-]?\d+)/.exec(word)?.[1] ?? 0);

type Command = readonly [Match, BridgeObject];

export const commands =
  (object: string, usage: string, show: BridgeObject, others: readonly Command[]): BridgeObject =>
  (request) => {
    const [name, ...args] = request.args;
    if (name === undefined) return show(request);
    const all: readonly Command[] = [
      ...others,
      [short('show', 'lst', 'list'), show],
      [short('help'), () => ending(usage)],
    ];
    const command = all.find(([matches]) => matches(name))?.[1];
    return command
      ? command({ ...request, args })
      : ending(`Command "${name}" is unknown, try "bridge ${object} help".\n`);
  };
