import { fail, ok, type Result } from '../../base/result.ts';
import type { AddressScope } from '../../model/device.ts';
import { cidrText, parseCidr } from '../../model/ip.ts';
import type { OperationOf } from '../../model/operation.ts';
import { flag, ipTo, maybe, namedTo, numberTo, type Readers, readWords, splitWords, value } from './words.ts';

/** What `ip address add` says of an address, besides the device. */
export type AddressPhrase = Omit<OperationOf<'addr.add'>, 'op' | 'at' | 'device' | 'replace'>;

const SCOPES: readonly Extract<AddressScope, string>[] = ['global', 'site', 'link', 'host', 'nowhere'];
const FOREVER = 'forever';

const secondsTo = (to: (seconds: number) => Partial<AddressPhrase>) =>
  value<AddressPhrase>((text) => {
    if (text === FOREVER) return ok({});
    return /^\d{1,10}$/.test(text) ? ok(to(Number(text))) : fail(`"${text}" is not a number of seconds.`);
  });

const READERS: Readers<AddressPhrase> = {
  peer: value((text) => {
    const peer = parseCidr(text);
    return peer.ok ? ok({ peer: peer.value }) : fail(`${peer.error}.`);
  }),
  brd: ipTo((broadcast) => ({ broadcast })),
  scope: namedTo(SCOPES, (scope) => ({ scope })),
  label: value((label) => ok({ label })),
  metric: numberTo((metric) => ({ metric })),
  valid_lft: secondsTo((validSeconds) => ({ validSeconds })),
  preferred_lft: secondsTo((preferredSeconds) => ({ preferredSeconds })),
  noprefixroute: flag({ noprefixroute: true }),
  nodad: flag({ nodad: true }),
};

/** Reads what stands behind `ip address add`, without the device: `10.0.0.1/24 [scope link] …`. */
export const parseAddress = (text: string): Result<AddressPhrase, string> => {
  const [first = '', ...rest] = splitWords(text);
  const address = parseCidr(first);
  if (!address.ok) return fail(`${address.error}.`);
  const read = readWords(rest, READERS);
  return read.ok ? ok({ ...read.value, address: address.value }) : read;
};

/** The words that `parseAddress` reads back as the same. */
export const addressWords = (phrase: AddressPhrase): readonly string[] => [
  cidrText(phrase.address),
  ...maybe('peer', phrase.peer && cidrText(phrase.peer)),
  ...maybe('brd', phrase.broadcast),
  ...maybe('scope', phrase.scope),
  ...maybe('label', phrase.label),
  ...maybe('metric', phrase.metric),
  ...maybe('valid_lft', phrase.validSeconds),
  ...maybe('preferred_lft', phrase.preferredSeconds),
  ...(phrase.noprefixroute ? ['noprefixroute'] : []),
  ...(phrase.nodad ? ['nodad'] : []),
];
