import { fail, ok, type Result } from '../../../base/result.ts';
import type { Family, Ip } from '../../../model/ip.ts';
import { refuse } from '../../../model/refusal.ts';
import { print } from '../../text/fields.ts';
import { deviceAt } from './lookup.ts';
import { proxiesOf, proxyFields, rowFields } from './neigh-print.ts';
import { NEIGH_USAGE } from './neigh-usage.ts';
import { duplicate, ending, failure, garbage, INCOMPLETE, noDevice, type Outcome, refused, said } from './outcome.ts';
import type { IpObject, Request } from './request.ts';
import { familyOption, readAddress } from './route-prefix.ts';
import { abbreviates, anything, exact, option, type Reader, readAll, short, wordsOf } from './words.ts';

type Question = { readonly family?: Family; readonly device?: string; readonly ip?: Ip; readonly proxy?: true };

const readQuestion = ({ args, options }: Request): Result<Question, Outcome> => {
  const ip = (text: string, state: Question, twice: Outcome): Result<Partial<Question>, Outcome> => {
    if (abbreviates(text, 'help')) return fail(ending(NEIGH_USAGE));
    if (state.ip !== undefined) return fail(twice);
    const read = readAddress(text, state.family);
    return read.ok ? ok({ ip: read.value }) : read;
  };
  const questions: readonly Reader<Question>[] = [
    option(exact('dev'), (device) => ok({ device })),
    option(short('proxy'), (word, state) => {
      const read = ip(word, state, duplicate('address', word));
      return read.ok ? ok({ ...read.value, proxy: true }) : read;
    }),
    {
      matches: anything,
      read: (words, state, word) => {
        const named = word === 'to' ? words.next() : word;
        return named === undefined ? fail(INCOMPLETE) : ip(named, state, garbage('to', named));
      },
    },
  ];
  return readAll<Question>(questions, familyOption(options.family), wordsOf(args));
};

export const getNeighbour: IpObject = (request) => {
  const read = readQuestion(request);
  if (!read.ok) return read.error;
  const { ip, device, proxy } = read.value;
  if (ip === undefined || (device === undefined && !proxy))
    return failure('Device and address are required arguments.\n');
  const { simulation, place, options } = request;
  const at = device === undefined ? undefined : deviceAt(simulation.network(), place, device);
  if (device !== undefined && !at) return noDevice(device);
  const isIt = (row: { readonly ip: Ip; readonly device: string }) => row.ip === ip && row.device === at?.name;
  const view = { options, hideDevice: false };
  if (proxy) {
    const found = proxiesOf(request).find(isIt);
    return found
      ? said(print([proxyFields(found.ip, found.device, false)], { ...options, json: false }))
      : refused(refuse('ENOENT', 'Proxy neighbour entry not found'));
  }
  const found = simulation.neighbours(place).find(isIt);
  return found
    ? said(print([rowFields(found, view)], { ...options, json: false }))
    : refused(refuse('ENOENT', 'Neighbour entry not found'));
};
