import { fail, ok, type Result } from '../../../base/result.ts';
import type { Family, Ip } from '../../../model/ip.ts';
import type { Mac } from '../../../model/mac.ts';
import type { NeighbourState, Operation, OperationOf } from '../../../model/operation.ts';
import { refuse } from '../../../model/refusal.ts';
import { hardwareAddress, macOf } from './hardware.ts';
import { deviceAt } from './lookup.ts';
import { readState } from './neigh-states.ts';
import { NEIGH_USAGE } from './neigh-usage.ts';
import {
  duplicate,
  ending,
  garbage,
  INCOMPLETE,
  noDevice,
  notModelled,
  type Outcome,
  refused,
  wrong,
} from './outcome.ts';
import { carryOut, type IpObject, type Request } from './request.ts';
import { familyOption, readAddress } from './route-prefix.ts';
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

type Draft = {
  readonly family?: Family;
  readonly ip?: Ip;
  readonly lladdr?: string;
  readonly state?: NeighbourState;
  readonly device?: string;
  readonly proxy?: true;
  readonly beyond?: string;
};
type Patch = Result<Partial<Draft>, Outcome>;

const readIp =
  (twice: (word: string) => Outcome, patch: Partial<Draft>) =>
  (text: string, state: Draft): Patch => {
    if (abbreviates(text, 'help')) return fail(ending(NEIGH_USAGE));
    if (state.ip !== undefined) return fail(twice(text));
    const ip = readAddress(text, state.family);
    return ip.ok ? ok({ ip: ip.value, ...patch }) : ip;
  };
const bareIp = readIp((word) => garbage('to', word), {});

const readDestination = (words: Words, state: Draft, word: string): Patch => {
  const text = word === 'to' ? words.next() : word;
  return text === undefined ? fail(INCOMPLETE) : bareIp(text, state);
};

// In the order of ipneigh.c:ipneigh_modify.
const READERS: readonly Reader<Draft>[] = [
  option(short('lladdr'), (lladdr, state) =>
    state.lladdr === undefined ? ok({ lladdr }) : fail(duplicate('lladdr', lladdr)),
  ),
  option(exact('nud'), (text) => {
    const state = readState(text);
    return state === undefined ? fail(wrong(text, 'nud state is bad')) : ok({ state });
  }),
  option(
    short('proxy'),
    readIp((word) => duplicate('address', word), { proxy: true }),
  ),
  flag(exact('router', 'use', 'managed'), { beyond: 'a flag of a neighbour' }),
  flag(short('extern_learn'), { beyond: '"extern_learn" of a neighbour' }),
  option(exact('dev'), (device) => ok({ device })),
  option(short('protocol'), () => ok({ beyond: '"protocol" of a neighbour' })),
  { matches: anything, read: readDestination },
];

type Complete = Draft & { readonly ip: Ip };

const readDraft = ({ args, options }: Request): Result<Complete, Outcome> => {
  const draft = readAll<Draft>(READERS, familyOption(options.family), wordsOf(args));
  if (!draft.ok) return draft;
  const { ip, device, proxy, beyond } = draft.value;
  if (ip === undefined || (device === undefined && !proxy))
    return fail(ending('Device and destination are required arguments.\n'));
  return beyond === undefined ? ok({ ...draft.value, ip }) : fail(notModelled(beyond));
};

/** What `lladdr` says: `null` is as good as nothing, and a wrong length is for the kernel to refuse. */
const readMac = (lladdr: string | undefined): Result<{ readonly mac?: Mac }, Outcome> => {
  if (lladdr === undefined || lladdr === 'null') return ok({});
  const bytes = hardwareAddress(lladdr);
  if (!bytes.ok) return bytes;
  const mac = macOf(bytes.value);
  return mac === undefined ? fail(refused(refuse('EINVAL', 'Invalid link address'))) : ok({ mac });
};

const modify = (request: Request, operation: (draft: Complete, device: string, mac?: Mac) => Operation): Outcome => {
  const draft = readDraft(request);
  if (!draft.ok) return draft.error;
  const mac = readMac(draft.value.lladdr);
  if (!mac.ok && mac.error.exit !== 2) return mac.error;
  const name = draft.value.device;
  if (name === undefined) return notModelled('a proxy entry for all devices');
  const device = deviceAt(request.simulation.network(), request.place, name);
  if (!device) return noDevice(name);
  if (!mac.ok) return mac.error;
  return carryOut(request, operation(draft.value, device.name, mac.value.mac));
};

export const addNeighbour =
  (how: OperationOf<'neigh.add'>['how']): IpObject =>
  (request) =>
    modify(request, ({ ip, state = 'permanent', proxy }, device, mac) => {
      const at = { at: request.place, device, ip };
      return proxy
        ? { op: 'proxy.add', ...at }
        : { op: 'neigh.add', ...at, how, state, ...(mac !== undefined && { mac }) };
    });

export const delNeighbour: IpObject = (request) =>
  modify(request, ({ ip, proxy }, device) => ({
    op: proxy ? 'proxy.del' : 'neigh.del',
    at: request.place,
    device,
    ip,
  }));
