import type { Operation } from '../../../model/operation.ts';
import type { Invocation } from '../../command.ts';
import type { Options } from './options.ts';
import { answer, type Outcome } from './outcome.ts';

/** What an object of `ip` (link, address, route, …) is asked: the words behind its name, in the namespace of `-n`. */
export type Request = Omit<Invocation, 'stdin'> & { readonly options: Options };
export type IpObject = (request: Request) => Outcome | Promise<Outcome>;

/** Has it done, and says what the kernel says of it. */
export const carryOut = (request: Request, operation: Operation): Outcome =>
  answer(request.simulation.apply(operation).refusal);
