import { fail, ok, type Result } from '../../../base/result.ts';
import {
  anything,
  exact,
  failure,
  flag,
  notModelled,
  type Outcome,
  option,
  type Reader,
  readAll,
  short,
  wordsOf,
} from '../../iproute/index.ts';
import {
  atoi,
  type BridgeObject,
  carryOut,
  commands,
  failed,
  maybeDevice,
  noBridgeDevice,
  type Request,
} from './request.ts';
import { VLAN_USAGE } from './usage.ts';
import { showVlans } from './vlan-show.ts';

type Change = {
  readonly device?: string;
  readonly vid?: number;
  readonly to?: number;
  readonly self?: true;
  readonly pvid?: true;
  readonly untagged?: true;
};

const READERS: readonly Reader<Change>[] = [
  option(exact('dev'), (device) => ok({ device })),
  option(exact('vid'), (word) => {
    const [from = '', to] = word.split(/-(.*)/s);
    return ok({ vid: atoi(from), ...(to !== undefined && { to: atoi(to) }) });
  }),
  flag(exact('self'), { self: true }),
  flag(exact('master'), {}),
  flag(exact('pvid'), { pvid: true }),
  flag(exact('untagged'), { untagged: true }),
  { matches: exact('tunnel_info'), read: () => fail(notModelled('"tunnel_info" of a VLAN')) },
  flag(anything, {}),
];

type Complete = Change & { readonly device: string; readonly vid: number };

const readChange = (request: Request): Result<Complete, Outcome> => {
  const read = readAll<Change>(READERS, {}, wordsOf(request.args));
  if (!read.ok) return read;
  const { device, vid, to, pvid } = read.value;
  if (device === undefined || vid === undefined || vid === -1)
    return fail(failed('Device and VLAN ID are required arguments.\n'));
  const found = maybeDevice(request, device, noBridgeDevice);
  if (!found.ok) return found;
  if (vid >= 4096) return fail(failed(`Invalid VLAN ID "${vid}"\n`));
  if (to !== undefined && (to >= 4096 || vid >= to)) return fail(failed(`Invalid VLAN range "${vid}-${to}"\n`));
  if (to !== undefined && pvid) return fail(failed('pvid cannot be configured for a vlan range\n'));
  return ok({ ...read.value, device: found.value?.name ?? device, vid });
};

const addVlan: BridgeObject = (request) => {
  const change = readChange(request);
  return change.ok ? carryOut(request, { op: 'vlan.add', at: request.place, ...change.value }) : change.error;
};

const delVlan: BridgeObject = (request) => {
  const change = readChange(request);
  if (!change.ok) return change.error;
  const { pvid: _pvid, untagged: _untagged, ...which } = change.value;
  return carryOut(request, { op: 'vlan.del', at: request.place, ...which });
};

const absent =
  (name: string): BridgeObject =>
  () =>
    failure(notModelled(`"bridge vlan ${name}"`).stderr, 2);

/** `bridge vlan`: which VLANs the ports of a bridge are in. */
export const vlan: BridgeObject = commands('vlan', VLAN_USAGE, showVlans, [
  [short('add'), addVlan],
  [short('delete'), delVlan],
  [short('tunnelshow'), absent('tunnelshow')],
  [exact('set'), absent('set')],
  [exact('global'), absent('global')],
]);
