import { fail, ok, type Result } from '../../../base/result.ts';
import { SECOND } from '../../../engine/event.ts';
import {
  anything,
  duplicate,
  ending,
  exact,
  flag,
  type Outcome,
  option,
  type Reader,
  readAll,
  said,
  short,
  wordsOf,
  wrong,
} from '../../iproute/index.ts';
import { type Field, named, print, text, value } from '../../text/fields.ts';
import { readUnsigned } from '../../text/numbers.ts';
import { type Entry, entriesAt } from './fdb-rows.ts';
import type { Options } from './options.ts';
import { atoi, type BridgeObject, maybeDevice, noBridgeDevice, noDevice } from './request.ts';
import { FDB_USAGE } from './usage.ts';

/** The bits of NUD_* by which an entry's state travels (net/bridge/br_fdb.c:fdb_to_nud). */
const BITS: Readonly<Record<Entry['state'], number>> = { permanent: 0x80, static: 0x40, dynamic: 0x02 };

type Filter = {
  readonly device?: string;
  readonly bridge?: string;
  readonly vlan?: number;
  readonly states: number;
  readonly dynamic?: true;
};

const readState = (word: string, { states }: Filter): Result<Partial<Filter>, Outcome> => {
  if (short('permanent')(word)) return ok({ states: states | BITS.permanent });
  if (short('static', 'temp')(word)) return ok({ states: states | BITS.static });
  if (short('stale')(word)) return ok({ states: states | 0x04 });
  if (short('reachable', 'dynamic')(word)) return ok({ states: states | BITS.dynamic });
  const number = word === 'all' ? 0xff : readUnsigned(word, 32);
  return number === undefined ? fail(wrong(word, 'invalid state')) : ok({ states: states | number });
};

const READERS: readonly Reader<Filter>[] = [
  option(exact('brport', 'dev'), (device) => ok({ device })),
  option(exact('br'), (bridge) => ok({ bridge })),
  option(exact('vlan'), (word, { vlan }) => (vlan ? fail(duplicate('vlan', word)) : ok({ vlan: atoi(word) }))),
  option(exact('state'), readState),
  flag(exact('dynamic'), { dynamic: true }),
  { matches: short('help'), read: () => fail(ending(FDB_USAGE)) },
  flag(anything, {}),
];

const STATES: Readonly<Record<Entry['state'], string>> = { permanent: 'permanent', static: 'static', dynamic: '' };
const seconds = (age: number): number => Math.floor(age / SECOND);

type View = { readonly options: Options; readonly hideDevice: boolean };

/** One line of `bridge fdb` (fdb.c:print_fdb). */
export const entryFields = (entry: Entry, { options, hideDevice }: View): readonly Field[] => {
  const { mac, device, vlan, ages, master, sticky, state } = entry;
  const flags = [...(master === undefined ? ['self'] : []), ...(sticky ? ['sticky'] : [])];
  return [
    value('mac', mac, `${mac} `, 'mac'),
    ...(hideDevice ? [] : [text('dev '), value('ifname', device, `${device} `, 'name')]),
    ...(vlan === 0 ? [] : [named('vlan', vlan)]),
    ...(options.stats && ages
      ? [
          value('used', seconds(ages.used), `used ${seconds(ages.used)}`),
          value('updated', seconds(ages.updated), `/${seconds(ages.updated)} `),
        ]
      : []),
    value('flags', flags, flags.map((each) => `${each} `).join('')),
    ...(master === undefined ? [] : [named('master', master)]),
    value('state', STATES[state], `${STATES[state]}\n`),
  ];
};

export const showFdb: BridgeObject = (request) => {
  const filter = readAll<Filter>(READERS, { states: 0 }, wordsOf(request.args));
  if (!filter.ok) return filter.error;
  const bridge = maybeDevice(request, filter.value.bridge, noBridgeDevice);
  if (!bridge.ok) return bridge.error;
  const device = maybeDevice(request, filter.value.device, noDevice);
  if (!device.ok) return device.error;
  const { vlan, states, dynamic } = filter.value;
  const isWanted = (entry: Entry): boolean =>
    (device.value === undefined || device.value.name === entry.device) &&
    (!vlan || vlan === entry.vlan) &&
    (states === 0 || (states & BITS[entry.state]) !== 0) &&
    !(dynamic && entry.state === 'permanent');
  const { simulation, place, options } = request;
  const entries = entriesAt(simulation, place, bridge.value).filter(isWanted);
  const view = { options, hideDevice: device.value !== undefined };
  return said(
    print(
      entries.map((entry) => entryFields(entry, view)),
      options,
    ),
  );
};
