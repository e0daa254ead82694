import { fail, ok } from '../../../base/result.ts';
import type { Device } from '../../../model/device.ts';
import { masterOf, portsOf } from '../../../model/find.ts';
import { refuse } from '../../../model/refusal.ts';
import {
  anything,
  DONE,
  either,
  exact,
  failure,
  flag,
  machineAt,
  notModelled,
  option,
  type Reader,
  readAll,
  said,
  short,
  wordsOf,
} from '../../iproute/index.ts';
import { print } from '../../text/fields.ts';
import { addEntry, delEntry, readAddress, readMac, readVlan } from './fdb-change.ts';
import { entriesAt } from './fdb-rows.ts';
import { entryFields, showFdb } from './fdb-show.ts';
import { type BridgeObject, commands, failed, maybeDevice, noBridgeDevice, noDevice, refused } from './request.ts';
import { FDB_USAGE } from './usage.ts';

type Question = {
  readonly address?: string;
  readonly device?: string;
  readonly bridge?: string;
  readonly vlan?: number;
  readonly master?: true;
};
const QUESTIONS: readonly Reader<Question>[] = [
  option(exact('brport', 'dev'), (device) => ok({ device })),
  option(exact('br'), (bridge) => ok({ bridge })),
  { matches: exact('vni'), read: () => fail(notModelled('"vni" of a forwarding entry')) },
  flag(exact('self'), {}),
  flag(short('master'), { master: true }),
  option(short('vlan'), readVlan),
  flag(short('dynamic'), {}),
  { matches: anything, read: readAddress },
];

const NOT_FOUND = failure('Error: Fdb entry not found.\n', 254);

/** The bridge is the one named, or the one above the port where `master` says so (rtnetlink.c:rtnl_fdb_get). */
const getEntry: BridgeObject = (request) => {
  const read = readAll<Question>(QUESTIONS, {}, wordsOf(request.args));
  if (!read.ok) return read.error;
  const { address, vlan = 0 } = read.value;
  if (address === undefined || (read.value.device === undefined && read.value.bridge === undefined))
    return failed('Device or master and address are required arguments.\n');
  const mac = readMac(address);
  if (!mac.ok) return mac.error;
  const device = maybeDevice(request, read.value.device, noDevice);
  if (!device.ok) return device.error;
  const bridge = maybeDevice(request, read.value.bridge, noBridgeDevice);
  if (!bridge.ok) return bridge.error;
  const { simulation, place, options } = request;
  const machine = machineAt(simulation.network(), place);
  const above = machine && device.value && read.value.master ? masterOf(machine, device.value) : undefined;
  const name = bridge.value?.name ?? (above?.enslaved ? above.bridge.name : device.value?.name);
  const found = entriesAt(simulation, place).find(
    (entry) => entry.mac === mac.value && entry.vlan === vlan && entry.master === name,
  );
  return found ? said(print([entryFields(found, { options, hideDevice: false })], options)) : NOT_FOUND;
};

type Flush = {
  readonly device?: string;
  readonly port?: string;
  readonly master?: true;
  readonly narrowed?: string;
};
const narrowed = (word: string): Partial<Flush> => ({ narrowed: word });

const FLUSHES: readonly Reader<Flush>[] = [
  option(exact('dev'), (device) => ok({ device })),
  flag(exact('master'), { master: true }),
  flag(exact('self'), {}),
  option(exact('brport'), (port) => ok({ port })),
  option(exact('vlan'), () => ok(narrowed('vlan'))),
  {
    matches: either(
      exact('permanent', 'static', 'dynamic', 'added_by_user', 'extern_learn', 'sticky', 'offloaded'),
      exact('nopermanent', 'nostatic', 'nodynamic', 'noadded_by_user', 'noextern_learn', 'nosticky', 'nooffloaded'),
    ),
    read: (_words, _state, word) => ok(narrowed(word)),
  },
  flag(anything, {}),
];

const noPort = (name: string) => failed(`Cannot find bridge port device "${name}"\n`);

/** Forgets what was learned, and what a person told; the addresses of the ports themselves are always known here. */
const flushEntries: BridgeObject = (request) => {
  const read = readAll<Flush>(FLUSHES, {}, wordsOf(request.args));
  if (!read.ok) return read.error;
  if (read.value.device === undefined) return failed('Device is a required argument.\n');
  const device = maybeDevice(request, read.value.device, noBridgeDevice);
  if (!device.ok) return device.error;
  const port = maybeDevice(request, read.value.port, noPort);
  if (!port.ok) return port.error;
  const { simulation, place } = request;
  const machine = machineAt(simulation.network(), place);
  if (!machine || !device.value) return DONE;
  const above = masterOf(machine, device.value);
  const bridge =
    device.value.kind === 'bridge' ? device.value : above.enslaved && read.value.master ? above.bridge : undefined;
  if (!bridge) return refused(refuse('EOPNOTSUPP'));
  if (read.value.narrowed !== undefined) return notModelled(`"${read.value.narrowed}" of "bridge fdb flush"`);
  const meant: Device | undefined = port.value ?? (device.value.kind === 'bridge' ? undefined : device.value);
  const isMeant = (id: Device['id']): boolean => meant === undefined || meant.id === id;
  for (const each of portsOf(machine, bridge.id)) if (isMeant(each.id)) simulation.flushFdb(place, each.name);
  for (const { device: id, mac, vlan } of bridge.fdb) {
    const name = machine.devices[id]?.name;
    if (name === undefined || !isMeant(id)) continue;
    simulation.apply({
      op: 'fdb.del',
      at: place,
      device: name,
      mac,
      vlan,
      target: id === bridge.id ? 'self' : 'master',
    });
  }
  return DONE;
};

/** `bridge fdb`: who is behind which port. */
export const fdb: BridgeObject = commands('fdb', FDB_USAGE, showFdb, [
  [short('add'), addEntry('add')],
  [short('append'), addEntry('append')],
  [short('replace'), addEntry('replace')],
  [short('delete'), delEntry],
  [short('get'), getEntry],
  [exact('flush'), flushEntries],
]);
