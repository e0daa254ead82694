import { bytesTest, lengthTest, type Test } from './filter-tests.ts';
import { readNumber } from './filter-words.ts';

/** Names for offsets and values (pcap-filter(7)). */
const NAMES: Readonly<Record<string, number>> = {
  icmptype: 0,
  icmpcode: 1,
  'icmp-echoreply': 0,
  'icmp-unreach': 3,
  'icmp-sourcequench': 4,
  'icmp-redirect': 5,
  'icmp-echo': 8,
  'icmp-routeradvert': 9,
  'icmp-routersolicit': 10,
  'icmp-timxceed': 11,
  'icmp-paramprob': 12,
};

const LAYERS = ['ether', 'ip', 'ip6', 'arp', 'rarp', 'icmp', 'icmp6', 'tcp', 'udp'];

const COMPARISONS: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '=': (a, b) => a === b,
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '>': (a, b) => a > b,
  '<=': (a, b) => a <= b,
  '>=': (a, b) => a >= b,
};

/** Whether what comes is a comparison of bytes, or of the length: `icmp[0] = 8`, `len > 100`. */
export const isBytes = (word: string, next: string | undefined): boolean =>
  (LAYERS.includes(word) && next === '[') || word === 'len';

const numberOf = (word: string | undefined): number | undefined =>
  word === undefined ? undefined : (NAMES[word] ?? readNumber(word));

type Read = { readonly test: Test; readonly used: number };

/** `proto [ offset : size ] & mask = value`; size and mask may be left out. */
export const byteTest = (tokens: readonly string[]): Read | undefined => {
  const isLength = tokens[0] === 'len';
  const [offsetWord, sizeWord = '1'] = (tokens[2] ?? '').split(':');
  const offset = numberOf(offsetWord);
  const size = readNumber(sizeWord);
  let at = isLength ? 1 : 4;
  if (!isLength && (tokens[3] !== ']' || offset === undefined || ![1, 2, 4].includes(size ?? 0))) return undefined;
  let mask: number | undefined;
  if (tokens[at] === '&') {
    mask = numberOf(tokens[at + 1]);
    if (mask === undefined) return undefined;
    at += 2;
  }
  const compare = COMPARISONS[tokens[at] ?? ''];
  const wanted = numberOf(tokens[at + 1]);
  if (!compare || wanted === undefined) return undefined;
  const holds = (value: number): boolean => compare(mask === undefined ? value : (value & mask) >>> 0, wanted);
  const test = isLength ? lengthTest(holds) : bytesTest(tokens[0] ?? '', offset ?? 0, size ?? 1, holds);
  return { test, used: at + 2 };
};
