import { fail, ok, type Result } from '../../base/result.ts';
import type { StaticFdbEntry } from '../../model/device.ts';
import { type Mac, parseMac } from '../../model/mac.ts';
import { flag, maybe, numberTo, type Readers, readWords, splitWords, value } from './words.ts';

/** One VLAN or a range of them, as behind `bridge vlan add … vid`. */
export type VlanPhrase = {
  readonly vid: number;
  readonly to?: number;
  readonly pvid?: boolean;
  readonly untagged?: boolean;
};

const VLAN_READERS: Readers<VlanPhrase> = { pvid: flag({ pvid: true }), untagged: flag({ untagged: true }) };

/** Reads `10`, `20-29` or `1 pvid untagged`. */
export const parseVlan = (text: string): Result<VlanPhrase, string> => {
  const [range = '', ...rest] = splitWords(text);
  const ids = /^(\d{1,4})(?:-(\d{1,4}))?$/.exec(range);
  if (!ids) return fail(`"${range}" is neither a VLAN such as 10 nor a range such as 20-29.`);
  const read = readWords(rest, VLAN_READERS);
  if (!read.ok) return read;
  return ok({ ...read.value, vid: Number(ids[1]), ...(ids[2] === undefined ? {} : { to: Number(ids[2]) }) });
};

export const vlanWords = ({ vid, to, pvid, untagged }: VlanPhrase): readonly string[] => [
  to === undefined ? `${vid}` : `${vid}-${to}`,
  ...(pvid ? ['pvid'] : []),
  ...(untagged ? ['untagged'] : []),
];

/** An entry of a bridge's forwarding database; `device` is a port, or the bridge itself. */
export type FdbPhrase = {
  readonly mac: Mac;
  readonly device: string;
  readonly vlan?: number;
  readonly state: StaticFdbEntry['state'];
  readonly sticky?: boolean;
};

const FDB_READERS: Readers<FdbPhrase> = {
  dev: value((device) => ok({ device })),
  vlan: numberTo((vlan) => ({ vlan })),
  permanent: flag({ state: 'permanent' }),
  local: flag({ state: 'permanent' }),
  static: flag({ state: 'static' }),
  dynamic: flag({ state: 'dynamic' }),
  sticky: flag({ sticky: true }),
};

/** Reads `MAC dev PORT [vlan N] static`. Without a state an entry is permanent, which is the bridge's own. */
export const parseFdb = (text: string): Result<FdbPhrase, string> => {
  const [address = '', ...rest] = splitWords(text);
  const mac = parseMac(address);
  if (!mac.ok) return fail(`${mac.error}.`);
  const read = readWords(rest, FDB_READERS);
  if (!read.ok) return read;
  const { device, state = 'permanent' } = read.value;
  if (device === undefined) return fail('It does not say where to: "dev PORT" is missing.');
  return ok({ ...read.value, mac: mac.value, device, state });
};

export const fdbWords = ({ mac, device, vlan, state, sticky }: FdbPhrase): readonly string[] => [
  mac,
  'dev',
  device,
  ...maybe('vlan', vlan),
  state,
  ...(sticky ? ['sticky'] : []),
];
