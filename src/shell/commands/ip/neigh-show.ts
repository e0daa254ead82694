import { fail, ok, type Result } from '../../../base/result.ts';
import { contains, type Family, familyOf, type Ip } from '../../../model/ip.ts';
import type { NeighbourState } from '../../../model/operation.ts';
import { print } from '../../text/fields.ts';
import { deviceAt } from './lookup.ts';
import { briefFields, proxiesOf, proxyFields, rowFields } from './neigh-print.ts';
import { ALL_STATES, readState } from './neigh-states.ts';
import { NEIGH_USAGE } from './neigh-usage.ts';
import { duplicate, ending, failure, INCOMPLETE, noDevice, notModelled, type Outcome, said, wrong } from './outcome.ts';
import type { IpObject, Request } from './request.ts';
import { familyOption, readSelector, type Selector } from './route-prefix.ts';
import {
  abbreviates,
  anything,
  exact,
  flag,
  option,
  type Reader,
  readAll,
  short,
  type Words,
  wordsOf,
} from './words.ts';

type Filter = {
  readonly family?: Family;
  readonly device?: string;
  readonly states?: readonly NeighbourState[];
  readonly proxy?: true;
  readonly to?: Selector;
};
type Patch = Result<Partial<Filter>, Outcome>;

const addState =
  (everything: readonly NeighbourState[]) =>
  (text: string, { states = [] }: Filter): Patch => {
    const state = readState(text);
    if (state === undefined && text !== 'all') return fail(wrong(text, 'nud state is bad'));
    return ok({ states: [...states, ...(state === undefined ? everything : [state])] });
  };

const readTo = (words: Words, { family }: Filter, word: string): Patch => {
  const text = word === 'to' ? words.next() : word;
  if (text === undefined) return fail(INCOMPLETE);
  if (abbreviates(text, 'help')) return fail(ending(NEIGH_USAGE));
  const to = readSelector(text, family);
  return to.ok ? ok({ to: to.value, ...(to.value.family && { family: to.value.family }) }) : to;
};

// In the order of ipneigh.c:do_show_or_flush. Flushing all states spares those of devices without ARP.
const readers = (everything: readonly NeighbourState[]): readonly Reader<Filter>[] => [
  option(exact('dev'), (device, state) =>
    state.device === undefined ? ok({ device }) : fail(duplicate('dev', device)),
  ),
  option(exact('master', 'vrf'), () => fail(notModelled('selecting neighbours by their device’s master'))),
  flag(exact('nomaster', 'unused'), {}),
  option(exact('nud'), addState(everything)),
  flag(exact('proxy'), { proxy: true }),
  option(short('protocol'), () => fail(notModelled('selecting neighbours by protocol'))),
  { matches: anything, read: readTo },
];

const NOT_NOARP = ALL_STATES.filter((state) => state !== 'noarp');
const DYNAMIC = NOT_NOARP.filter((state) => state !== 'permanent');

const isWanted = ({ family, device, to }: Filter, row: { readonly ip: Ip; readonly device: string }): boolean => {
  if (family !== undefined && familyOf(row.ip) !== family) return false;
  if (device !== undefined && row.device !== device) return false;
  return to?.address === undefined || contains({ address: to.address, length: to.length }, row.ip);
};

const readFilter = (request: Request, everything: readonly NeighbourState[]): Result<Filter, Outcome> => {
  const read = readAll<Filter>(readers(everything), familyOption(request.options.family), wordsOf(request.args));
  if (!read.ok || read.value.device === undefined) return read;
  const device = deviceAt(request.simulation.network(), request.place, read.value.device);
  return device ? ok({ ...read.value, device: device.name }) : fail(noDevice(read.value.device));
};

export const showNeighbours: IpObject = (request) => {
  const read = readFilter(request, ALL_STATES);
  if (!read.ok) return read.error;
  const filter = read.value;
  const { options } = request;
  const hideDevice = filter.device !== undefined;
  if (filter.proxy) {
    const proxies = proxiesOf(request).filter((proxy) => isWanted(filter, proxy));
    return said(
      print(
        proxies.map(({ ip, device }) => proxyFields(ip, device, hideDevice)),
        options,
      ),
    );
  }
  const { states = NOT_NOARP } = filter;
  const fields = options.brief ? briefFields : rowFields;
  const rows = request.simulation
    .neighbours(request.place)
    .filter((row) => isWanted(filter, row) && states.includes(row.state))
    .toSorted((a, b) => familyOf(a.ip) - familyOf(b.ip));
  return said(
    print(
      rows.map((row) => fields(row, { options, hideDevice })),
      options,
    ),
  );
};

const flushReport = (count: number): string =>
  count === 0
    ? 'Nothing to flush.\n'
    : `\n*** Round 1, deleting ${count} entries ***\n*** Flush is complete after 1 round ***\n`;

export const flushNeighbours: IpObject = (request) => {
  if (request.args.length === 0) return failure('Flush requires arguments.\n');
  const read = readFilter(request, NOT_NOARP);
  if (!read.ok) return read.error;
  if (read.value.proxy) return notModelled('"ip neigh flush proxy"');
  const { simulation, place, options } = request;
  const { states = DYNAMIC } = read.value;
  const rows = simulation.neighbours(place).filter((row) => isWanted(read.value, row) && states.includes(row.state));
  for (const { device, ip, state } of rows) {
    if (state === 'permanent' || state === 'noarp') simulation.apply({ op: 'neigh.del', at: place, device, ip });
    else simulation.flushNeighbours(place, { device, ip });
  }
  return said(options.stats > 0 ? flushReport(rows.length) : '');
};
