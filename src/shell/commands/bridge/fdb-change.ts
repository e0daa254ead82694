import { fail, ok, type Result } from '../../../base/result.ts';
import type { Mac } from '../../../model/mac.ts';
import type { OperationOf } from '../../../model/operation.ts';
import {
  anything,
  ending,
  exact,
  flag,
  garbage,
  INCOMPLETE,
  notModelled,
  type Outcome,
  option,
  type Reader,
  readAll,
  short,
  type Words,
  wordsOf,
} from '../../iproute/index.ts';
import { atoi, type BridgeObject, carryOut, failed, maybeDevice, noDevice, type Request } from './request.ts';
import { FDB_USAGE } from './usage.ts';

type State = OperationOf<'fdb.add'>['state'];
type Change = {
  readonly address?: string;
  readonly device?: string;
  readonly self?: true;
  readonly master?: true;
  readonly permanent?: true;
  readonly fixed?: true;
  readonly moving?: true;
  readonly vlan?: number;
  readonly sticky?: true;
};

/** The address, which is read as far as six bytes go. */
export const readMac = (text: string): Result<Mac, Outcome> => {
  const bytes = /^[0-9a-f]+(:[0-9a-f]+){5}/i.exec(text)?.[0].split(':');
  if (!bytes) return fail(failed(`Invalid mac address ${text}\n`));
  const hex = (byte: string): string => (Number.parseInt(byte, 16) % 256).toString(16).padStart(2, '0');
  return ok(bytes.map(hex).join(':') as Mac);
};

export const readVlan = (
  word: string,
  { vlan }: { readonly vlan?: number },
): Result<{ readonly vlan: number }, Outcome> =>
  vlan !== undefined && vlan >= 0 ? fail(garbage('vlan', 'vlan')) : ok({ vlan: atoi(word) });

export const readAddress = (
  words: Words,
  { address }: { readonly address?: string },
  word: string,
): Result<{ readonly address: string }, Outcome> => {
  const text = word === 'to' ? words.next() : word;
  if (text === undefined) return fail(INCOMPLETE);
  if (short('help')(text)) return fail(ending(FDB_USAGE));
  return address === undefined ? ok({ address: text }) : fail(garbage('to', text));
};

const foreign = (...names: readonly string[]): Reader<Change> => ({
  matches: exact(...names),
  read: (_words, _state, word) => fail(notModelled(`"${word}" of a forwarding entry`)),
});

// In the order of fdb.c:fdb_modify.
const READERS: readonly Reader<Change>[] = [
  option(exact('dev'), (device) => ok({ device })),
  foreign('dst', 'nhid', 'port', 'vni', 'src_vni', 'via'),
  flag(exact('self'), { self: true }),
  flag(short('master'), { master: true }),
  foreign('router'),
  flag(short('local', 'permanent'), { permanent: true }),
  flag(short('temp', 'static'), { fixed: true }),
  flag(short('dynamic'), { moving: true }),
  option(short('vlan'), readVlan),
  foreign('use', 'extern_learn'),
  flag(short('sticky'), { sticky: true }),
  { matches: anything, read: readAddress },
];

type Complete = Change & { readonly device: string; readonly mac: Mac };

const readChange = (request: Request): Result<Complete, Outcome> => {
  const read = readAll<Change>(READERS, {}, wordsOf(request.args));
  if (!read.ok) return read;
  const { device, address } = read.value;
  if (device === undefined || address === undefined)
    return fail(failed('Device and address are required arguments.\n'));
  const mac = readMac(address);
  if (!mac.ok) return mac;
  const found = maybeDevice(request, device, noDevice);
  return found.ok ? ok({ ...read.value, device: found.value?.name ?? device, mac: mac.value }) : found;
};

/** What is said of no state is permanent, and `dynamic` takes back what `static` said. */
const stateOf = ({ permanent, fixed, moving }: Change): State => {
  if (permanent || !(fixed || moving)) return 'permanent';
  return moving ? 'dynamic' : 'static';
};

/** The bridge above first, then the device's own list; the latter where nothing is said. */
const targetsOf = ({ self, master }: Change): readonly ('master' | 'self')[] => {
  if (!master) return ['self'];
  return self ? ['master', 'self'] : ['master'];
};

const onTargets = (change: Complete, act: (target: 'master' | 'self') => Outcome): Outcome => {
  const [first = 'self', ...more] = targetsOf(change);
  let outcome = act(first);
  for (const target of more) if (outcome.exit === 0) outcome = act(target);
  return outcome;
};

const where = ({ vlan }: Change): { readonly vlan?: number } => (vlan === undefined || vlan < 0 ? {} : { vlan });

export const addEntry =
  (how: OperationOf<'fdb.add'>['how']): BridgeObject =>
  (request) => {
    const change = readChange(request);
    if (!change.ok) return change.error;
    const { device, mac, sticky } = change.value;
    const state = stateOf(change.value);
    const entry = { at: request.place, device, mac, how, state, ...where(change.value), ...(sticky && { sticky }) };
    return onTargets(change.value, (target) => carryOut(request, { op: 'fdb.add', ...entry, target }));
  };

export const delEntry: BridgeObject = (request) => {
  const change = readChange(request);
  if (!change.ok) return change.error;
  const { device, mac } = change.value;
  const entry = { at: request.place, device, mac, ...where(change.value) };
  return onTargets(change.value, (target) => carryOut(request, { op: 'fdb.del', ...entry, target }));
};
