import { fail, ok, type Result } from '../../../base/result.ts';
import { ANY4, type Family } from '../../../model/ip.ts';
import { refuse } from '../../../model/refusal.ts';
import { print } from '../../text/fields.ts';
import { readUnsigned } from '../../text/numbers.ts';
import { deviceAt } from './lookup.ts';
import { ending, failure, INCOMPLETE, noDevice, notModelled, type Outcome, refused, wrong } from './outcome.ts';
import type { IpObject, Request } from './request.ts';
import { type Asked, answerFields } from './route-answer.ts';
import { readTos } from './route-names.ts';
import { familyOption, readSelector, type Selector } from './route-prefix.ts';
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
  readonly to?: Selector;
  readonly from?: Selector;
  readonly device?: string;
  readonly mark: number;
  readonly uid: number;
};
type Patch = Result<Partial<Question>, Outcome>;

const address =
  (key: 'to' | 'from') =>
  (word: string, { family }: Question): Patch => {
    if (abbreviates(word, 'help')) return fail(ending(ROUTE_USAGE));
    const read = readSelector(word, family);
    return read.ok ? ok({ [key]: read.value, ...(read.value.family && { family: read.value.family }) }) : read;
  };
const readTo = (words: Words, state: Question, word: string): Patch => {
  const named = word === 'to' ? words.next() : word;
  return named === undefined ? fail(INCOMPLETE) : address('to')(named, state);
};
const u32 =
  (key: 'mark' | 'uid', complaint: string) =>
  (word: string): Patch => {
    const number = readUnsigned(word, 32);
    return number === undefined ? fail(wrong(word, complaint)) : ok({ [key]: number });
  };
const foreign = (matches: Reader<Question>['matches']): Reader<Question> => ({
  matches,
  read: (_words, _state, word) => fail(notModelled(`"${word}" of "ip route get"`)),
});

// In the order of iproute.c:iproute_get. The type of service decides nothing here, and so is only read.
const READERS: readonly Reader<Question>[] = [
  option(either(exact('tos'), short('dsfield')), (tos) =>
    readTos(tos) === undefined ? fail(wrong(tos, 'TOS value is invalid\n')) : ok({}),
  ),
  option(short('from'), address('from')),
  foreign(short('iif')),
  option(short('mark'), u32('mark', 'invalid mark value')),
  option(either(short('oif'), exact('dev')), (device) => ok({ device })),
  flag(short('notify'), {}),
  foreign(short('connected', 'vrf')),
  option(short('uid'), u32('uid', 'invalid UID\n')),
  foreign(either(short('fibmatch'), exact('as'), short('sport', 'dport', 'ipproto'))),
  { matches: anything, read: readTo },
];

type Complete = Question & { readonly to: Selector };

const readQuestion = ({ args, options, simulation, place }: Request): Result<Complete, Outcome> => {
  const start: Question = { mark: 0, uid: 0, ...familyOption(options.family) };
  const read = readAll(READERS, start, wordsOf(args));
  if (!read.ok) return read;
  const { to, device } = read.value;
  if (!to) return fail(failure('need at least a destination address\n'));
  if (device !== undefined && !deviceAt(simulation.network(), place, device)) return fail(noDevice(device));
  return ok({ ...read.value, to });
};

/** A prefix is taken for its address, with a warning. */
const warning = ({ length }: Selector): string =>
  length === 32 ? '' : `Warning: /${length} as prefix is invalid, only /32 (or none) is supported.\n`;

export const getRoute: IpObject = (request) => {
  const question = readQuestion(request);
  if (!question.ok) return question.error;
  const { family, to, from, device, mark, uid } = question.value;
  if (family === 6) return notModelled('"ip route get" of IPv6');
  const asked: Asked = { to: to.address ?? ANY4, mark, uid, ...(from && { from: from.address ?? ANY4 }) };
  const { simulation, place, options } = request;
  const out = device === undefined ? undefined : deviceAt(simulation.network(), place, device)?.name;
  const answer = simulation.routeGet(place, { ...asked, ...(out !== undefined && { out }) });
  if (answer.type !== 'none')
    return { stdout: print([answerFields(asked, answer)], options), stderr: warning(to), exit: 0 };
  const outcome = refused(refuse(answer.errno));
  return { ...outcome, stderr: warning(to) + outcome.stderr };
};
