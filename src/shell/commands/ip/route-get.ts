import { fail, ok, type Result } from '../../../base/result.ts';
import type { Simulation } from '../../../engine/simulation.ts';
import { ANY4, ANY6, type Family, familyOf } from '../../../model/ip.ts';
import { refuse } from '../../../model/refusal.ts';
import { print } from '../../text/fields.ts';
import { readUnsigned } from '../../text/numbers.ts';
import { deviceAt, machineAt } from './lookup.ts';
import { ending, failure, INCOMPLETE, noDevice, notModelled, type Outcome, refused, wrong } from './outcome.ts';
import type { IpObject, Request } from './request.ts';
import { answerFields, type RouteGet, type RouteQuery } from './route-answer.ts';
import { readTos } from './route-names.ts';
import { familyOption, readSelector, type Selector } from './route-prefix.ts';
import { routeFields } from './route-print.ts';
import { ROUTE_USAGE } from './route-usage.ts';
import {
  abbreviates,
  anything,
  either,
  exact,
  flag,
  option,
  type Reader,
  readAll,
  short,
  type Words,
  wordsOf,
} from './words.ts';

type Question = {
  readonly family?: Family;
  readonly destination?: Selector;
  readonly source?: Selector;
  readonly device?: string;
  readonly input?: string;
  readonly mark: number;
  readonly uid: number;
  readonly fibmatch: boolean;
};
type Patch = Result<Partial<Question>, Outcome>;

const address =
  (key: 'destination' | 'source') =>
  (words: string, { family }: Question): Patch => {
    if (abbreviates(words, 'help')) return fail(ending(ROUTE_USAGE));
    const read = readSelector(words, family);
    return read.ok ? ok({ [key]: read.value, ...(read.value.family && { family: read.value.family }) }) : read;
  };
const readDestination = (words: Words, state: Question, word: string): Patch => {
  const named = word === 'to' ? words.next() : word;
  return named === undefined ? fail(INCOMPLETE) : address('destination')(named, state);
};
const u32 =
  (key: 'mark' | 'uid', complaint: string) =>
  (words: string): Patch => {
    const number = readUnsigned(words, 32);
    return number === undefined ? fail(wrong(words, complaint)) : ok({ [key]: number });
  };
const foreign = (matches: Reader<Question>['matches']): Reader<Question> => ({
  matches,
  read: (_words, _state, word) => fail(notModelled(`"${word}" of a route`)),
});

// In the order of iproute.c:iproute_get. The type of service decides nothing here, and so is only read.
const READERS: readonly Reader<Question>[] = [
  option(either(exact('tos'), short('dsfield')), (tos) =>
    readTos(tos) === undefined ? fail(wrong(tos, 'TOS value is invalid\n')) : ok({}),
  ),
  option(short('from'), address('source')),
  option(short('iif'), (input) => ok({ input })),
  option(short('mark'), u32('mark', 'invalid mark value')),
  option(either(short('oif'), exact('dev')), (device) => ok({ device })),
  flag(short('notify'), {}),
  foreign(short('connected', 'vrf')),
  option(short('uid'), u32('uid', 'invalid UID\n')),
  flag(short('fibmatch'), { fibmatch: true }),
  foreign(either(exact('as'), short('sport', 'dport', 'ipproto'))),
  { matches: anything, read: readDestination },
];

const readQuestion = ({ args, options, simulation, place }: Request): Result<Question, Outcome> => {
  const start: Question = { mark: 0, uid: 0, fibmatch: false, ...familyOption(options.family) };
  const read = readAll(READERS, start, wordsOf(args));
  if (!read.ok) return read;
  if (!read.value.destination) return fail(failure('need at least a destination address\n'));
  for (const name of [read.value.input, read.value.device])
    if (name !== undefined && !deviceAt(simulation.network(), place, name)) return fail(noDevice(name));
  return read;
};

const queryOf = ({ family = 4, destination, source, device, input }: Question): RouteQuery => {
  const any = family === 6 ? ANY6 : ANY4;
  return {
    destination: destination?.address ?? any,
    ...(source && { source: source.address ?? any }),
    ...(device !== undefined && { device }),
    ...(input !== undefined && { input }),
  };
};

/** A prefix is taken for its address, with a warning. */
const warning = ({ destination, family = 4 }: Question): string => {
  const bits = family === 4 ? 32 : 128;
  if (!destination || destination.length === bits) return '';
  return `Warning: /${destination.length} as prefix is invalid, only /${bits} (or none) is supported.\n`;
};

/** The seam to the engine, whose look-up it is: a simulation that has `routeGet` is asked. */
type Asking = Simulation & { readonly routeGet?: RouteGet };

export const getRoute: IpObject = (request) => {
  const question = readQuestion(request);
  if (!question.ok) return question.error;
  const query = queryOf(question.value);
  if (familyOf(query.destination) === 6) return notModelled('"ip route get" of IPv6');
  const { routeGet }: Asking = request.simulation;
  if (!routeGet) return notModelled('"ip route get"');
  const answer = routeGet(request.place, query);
  const stderr = warning(question.value);
  if (!answer.ok) {
    const outcome = refused(refuse(answer.error));
    return { ...outcome, stderr: stderr + outcome.stderr };
  }
  const { options, simulation, place } = request;
  const machine = machineAt(simulation.network(), place);
  const { route, table } = answer.value;
  const fields =
    question.value.fibmatch && route && machine
      ? routeFields(machine, route, { details: options.details, filter: { table }, flags: [] })
      : answerFields(question.value, query, answer.value);
  return { stdout: print([fields], options), stderr, exit: 0 };
};
