import type { Address, Device } from '../../../model/device.ts';
import { recordText } from '../../text/fields.ts';
import { addrFields } from './addr-fields.ts';
import { devicesAt } from './lookup.ts';
import { failure, type Outcome, said } from './outcome.ts';
import { carryOut, type IpObject, type Request } from './request.ts';
import { admits, type Filter, readFilter } from './show-filter.ts';

type Found = { readonly device: Device; readonly address: Address };

const find = ({ simulation, place }: Request, filter: Filter): readonly Found[] =>
  devicesAt(simulation.network(), place)
    .filter(({ id }) => filter.device === undefined || filter.device.id === id)
    .flatMap((device) =>
      device.addresses.filter((each) => admits(filter, device, each)).map((address) => ({ device, address })),
    );

/** What went with an address before it is no error here. */
const remove = (request: Request, { device, address }: Found): void => {
  carryOut(request, {
    op: 'addr.del',
    at: request.place,
    device: device.name,
    address: { address: address.local, length: address.length },
    ...(address.peer === undefined ? {} : { peer: address.peer }),
  });
};

const line = ({ options }: Request, { device, address }: Found): string =>
  recordText(addrFields(device, address, options, true), { ...options, oneline: false });

/** One round of deletions, and what `-s` and `-s -s` tell of it. */
const deleteAll = (request: Request, found: readonly Found[], round: number): string => {
  const { stats } = request.options;
  const lines = stats > 1 ? found.map((each) => line(request, each)).join('') : '';
  for (const each of found) remove(request, each);
  return stats > 0 ? `${lines}\n*** Round ${round}, deleting ${found.length} addresses ***\n` : '';
};

const farewell = ({ options }: Request, rounds: number): string => {
  if (options.stats === 0) return '';
  if (rounds === 0) return 'Nothing to flush.\n';
  return `*** Flush is complete after ${rounds} round${rounds > 1 ? 's' : ''} ***\n`;
};

/** Round after round, for what was deleted may have made a primary address of another. */
const flush = (request: Request, filter: Filter): Outcome => {
  const { loops } = request.options;
  let output = '';
  for (let round = 0; loops === 0 || round < loops; round++) {
    const found = find(request, filter);
    if (found.length === 0) return said(output + farewell(request, round));
    output += deleteAll(request, found, round + 1);
    // Where only primary addresses were asked for, those that a deletion promotes are to stay.
    if (filter.flags.secondary === false) return said(output + farewell(request, round + 1));
  }
  return { ...failure(`*** Flush remains incomplete after ${loops} rounds. ***\n`), stdout: output };
};

export const flushAddresses: IpObject = (request) => {
  const { family } = request.options;
  if (request.args.length === 0) return failure('Flush requires arguments.\n');
  if (family === 'link') return failure('Cannot flush link addresses.\n');
  const filter = readFilter(request, family);
  return filter.ok ? flush(request, filter.value) : filter.error;
};
