import { fail, ok, type Result } from '../../../base/result.ts';
import type { Device } from '../../../model/device.ts';
import { broadcastOf, type Cidr, familyOf, type Ip, isLoopbackIp, networkOf } from '../../../model/ip.ts';
import type { KernelVersion } from '../../../model/network.ts';
import { refuse } from '../../../model/refusal.ts';
import { type AddrWords, readAddr } from './addr-words.ts';
import { deviceAt } from './lookup.ts';
import { failure, noDevice, type Outcome, refused } from './outcome.ts';
import { carryOut, type IpObject, type Request } from './request.ts';
import { wordsOf } from './words.ts';

/** What both adding and deleting need: the device, and the address with the length that counts. */
type Meant = { readonly words: AddrWords; readonly device: Device; readonly address: Cidr };

const wildcardWarning = (word: string): string =>
  `Warning: Executing wildcard deletion to stay compatible with old scripts.
         Explicitly specify the prefix length (${word}/32) to avoid this warning.
         This special behaviour is likely to disappear in further releases,
         fix your scripts!
`;

const complaints = (words: AddrWords, adding: boolean): string | undefined => {
  const { broadcast, family } = words;
  if (adding && (broadcast === '+' || broadcast === '-') && family !== 4)
    return 'Broadcast can be set only for IPv4 addresses\n';
  return undefined;
};

const lifetimeComplaint = ({ valid, preferred }: AddrWords): string | undefined => {
  if (valid === undefined && preferred === undefined) return undefined;
  const forever = Number.POSITIVE_INFINITY;
  if (valid === 0) return 'valid_lft is zero\n';
  return (valid ?? forever) < (preferred ?? forever) ? 'preferred_lft is greater than valid_lft\n' : undefined;
};

/** No address: a message without a family, which no part of the kernel takes. */
const addressless = ({ family }: AddrWords, kernel: KernelVersion): Outcome => {
  if (family !== 4 && family !== 6) return refused(refuse('EOPNOTSUPP'));
  const tells = family === 4 && kernel !== '6.1';
  return refused(tells ? refuse('EINVAL', 'ipv4: Local address is not supplied') : refuse('EINVAL'));
};

const understand = (request: Request, adding: boolean): Result<Meant, Outcome> => {
  const { simulation, place, options } = request;
  const read = readAddr(wordsOf(request.args), options.family);
  if (!read.ok) return read;
  const words = read.value;
  if (words.dev === undefined) return fail(failure('Not enough information: "dev" argument is required.\n'));
  const complaint = complaints(words, adding);
  if (complaint !== undefined) return fail(failure(complaint));
  const device = deviceAt(simulation.network(), place, words.dev);
  if (!device) return fail(noDevice(words.dev));
  const late = lifetimeComplaint(words);
  if (late !== undefined) return fail(failure(late));
  if (!words.local) return fail(addressless(words, simulation.network().kernel));
  // The prefix belongs to the far end where there is one.
  const length = words.peer?.length || words.local.length;
  return ok({ words, device, address: { address: words.local.address, length } });
};

const LONGEST_WITH_BROADCAST = 30;

const broadcastFor = ({ broadcast, peer, local }: AddrWords): Ip | undefined => {
  if (broadcast !== '+' && broadcast !== '-') return broadcast;
  const base = peer ?? local;
  if (!base || base.length > LONGEST_WITH_BROADCAST) return undefined;
  return broadcast === '+' ? broadcastOf(base) : networkOf(base);
};

const finite = (seconds: number | undefined): number | undefined =>
  seconds === Number.POSITIVE_INFINITY ? undefined : seconds;

/** What was said, without what was not: an absent property and `undefined` are not the same here. */
const given = <T extends object>(values: T): { readonly [Key in keyof T]?: Exclude<T[Key], undefined> } =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    readonly [Key in keyof T]?: Exclude<T[Key], undefined>;
  };

const withWarnings = (outcome: Outcome, warnings: string): Outcome => ({
  ...outcome,
  stderr: warnings + outcome.stderr,
});

/** Of IPv6 only what is there can be changed; IPv4 adds it (net/ipv4/devinet.c:inet_rtm_newaddr). */
const isMissing = (device: Device, { address }: Cidr): boolean =>
  familyOf(address) === 6 && !device.addresses.some(({ local }) => local === address);

export const addAddress =
  (how: 'add' | 'change' | 'replace'): IpObject =>
  (request) => {
    const meant = understand(request, true);
    if (!meant.ok) return meant.error;
    const { words, device, address } = meant.value;
    if (how === 'change' && isMissing(device, address)) return refused(refuse('ENOENT'));
    const scope = words.scope ?? (isLoopbackIp(address.address) ? 'host' : undefined);
    const outcome = carryOut(request, {
      op: 'addr.add',
      at: request.place,
      device: device.name,
      address,
      ...given({
        peer: words.peer && { address: words.peer.address, length: address.length },
        broadcast: broadcastFor(words),
        scope,
        label: words.label,
        metric: words.metric,
        noprefixroute: words.noprefixroute,
        nodad: words.nodad,
        validSeconds: finite(words.valid),
        preferredSeconds: finite(words.preferred),
        replace: how === 'add' ? undefined : true,
      }),
    });
    return withWarnings(outcome, words.warnings);
  };

export const deleteAddress: IpObject = (request) => {
  const meant = understand(request, false);
  if (!meant.ok) return meant.error;
  const { words, device, address } = meant.value;
  const isWild = !words.peer && words.local?.lengthGiven === false && familyOf(address.address) === 4;
  const warnings = words.warnings + (isWild ? wildcardWarning(words.localWord ?? '') : '');
  const same = device.addresses.some(({ local, length }) => local === address.address && length === address.length);
  // With its length given an address must have that length; the operation takes /32 for "any length".
  if (!isWild && address.length === 32 && !same) return withWarnings(refused(refuse('EADDRNOTAVAIL')), warnings);
  const outcome = carryOut(request, {
    op: 'addr.del',
    at: request.place,
    device: device.name,
    address,
    ...given({ peer: words.peer?.address, label: words.label }),
  });
  return withWarnings(outcome, warnings);
};
