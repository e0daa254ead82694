import { fail, ok, type Result } from '../../base/result.ts';
import { type Ip, parseIp } from '../../model/ip.ts';
import { type Mac, parseMac } from '../../model/mac.ts';
import type { NeighbourState } from '../../model/operation.ts';
import { maybe, type Readers, readWords, splitWords, value } from './words.ts';

/** What `ip neighbour add` says: an entry, or an address to answer for. */
export type NeighbourPhrase =
  | {
      readonly proxy: false;
      readonly ip: Ip;
      readonly device: string;
      readonly mac?: Mac;
      readonly state: NeighbourState;
    }
  | { readonly proxy: true; readonly ip: Ip; readonly device: string };

type Parts = { readonly device: string; readonly mac: Mac; readonly state: NeighbourState };

const STATES: readonly NeighbourState[] = ['permanent', 'noarp'];

const READERS: Readers<Parts> = {
  dev: value((device) => ok({ device })),
  lladdr: value((text) => {
    const mac = parseMac(text);
    return mac.ok ? ok({ mac: mac.value }) : fail(`${mac.error}.`);
  }),
  nud: value((text) => {
    const state = STATES.find((each) => each === text);
    return state
      ? ok({ state })
      : fail(`"${text}" is neither permanent nor noarp: other entries come and go by themselves.`);
  }),
};

/** Reads what stands behind `ip neighbour add`: `[proxy] IP dev NAME [lladdr MAC] [nud noarp]`. */
export const parseNeighbour = (text: string): Result<NeighbourPhrase, string> => {
  const words = splitWords(text);
  const proxy = words[0] === 'proxy';
  const [address = '', ...rest] = proxy ? words.slice(1) : words;
  const ip = parseIp(address);
  if (!ip.ok) return fail(`${ip.error}.`);
  const read = readWords(rest, READERS);
  if (!read.ok) return read;
  const { device, mac, state = 'permanent' } = read.value;
  if (device === undefined) return fail('It does not say on which device: "dev NAME" is missing.');
  if (proxy) return ok({ proxy, ip: ip.value, device });
  return ok({ proxy, ip: ip.value, device, state, ...(mac === undefined ? {} : { mac }) });
};

/** The words that `parseNeighbour` reads back as the same. */
export const neighbourWords = (phrase: NeighbourPhrase): readonly string[] => {
  if (phrase.proxy) return ['proxy', phrase.ip, 'dev', phrase.device];
  const { ip, mac, device, state } = phrase;
  return [ip, ...maybe('lladdr', mac), 'dev', device, ...(state === 'permanent' ? [] : ['nud', state])];
};
