import { fail, ok, type Result } from '../../../base/result.ts';
import { macNumber, parseMac } from '../../../model/mac.ts';
import type { Hosts } from '../../names.ts';
import { byteTest, isBytes } from './filter-bytes.ts';
import * as tests from './filter-tests.ts';
import { hostRange, netRange, readNumber, tokensOf } from './filter-words.ts';

/** What a filter is made for: a device with a network mask, or all of them at once. */
export type FilterContext = { readonly hosts: Hosts; readonly mask: number; readonly cooked: boolean };

type Qualifiers = { readonly protocol?: string; readonly end?: tests.End; readonly kind?: string };

type Reader = {
  readonly tokens: readonly string[];
  readonly context: FilterContext;
  at: number;
  /** The first thing that is wrong. */
  fault: string | undefined;
  /** What a bare value behind `or` takes over from the one before. */
  last: Qualifiers | undefined;
};

const SYNTAX = "can't parse filter expression: syntax error";
const PROTOCOLS = ['ether', ...Object.keys(tests.PROTOCOLS)];
const KINDS = ['host', 'net', 'port', 'portrange', 'proto'];
const NOT_ETHERNET = 'supported only on ethernet/FDDI/token ring';

const peek = (reader: Reader): string | undefined => reader.tokens[reader.at];
const accept = (reader: Reader, ...words: readonly string[]): string | undefined => {
  const word = peek(reader);
  if (word === undefined || !words.includes(word)) return undefined;
  reader.at++;
  return word;
};
const wrong = (reader: Reader, fault = SYNTAX): tests.Test => {
  reader.fault ??= fault;
  return tests.never;
};
const orWrong = <T>(reader: Reader, result: Result<T, string>, make: (value: T) => tests.Test): tests.Test =>
  result.ok ? make(result.value) : wrong(reader, result.error);

/** `and` and `or` bind alike, from left to right. */
const expression = (reader: Reader): tests.Test => {
  let left = term(reader);
  while (reader.fault === undefined) {
    const joint = accept(reader, 'and', 'or', '&&', '||');
    if (joint === undefined) break;
    const first = left;
    const second = term(reader);
    left =
      joint === 'and' || joint === '&&' ? (seen) => first(seen) && second(seen) : (seen) => first(seen) || second(seen);
  }
  return left;
};

const term = (reader: Reader): tests.Test => {
  if (reader.fault !== undefined) return tests.never;
  if (accept(reader, 'not', '!')) {
    const inner = term(reader);
    return (seen) => !inner(seen);
  }
  if (!accept(reader, '(')) return primitive(reader);
  const inner = expression(reader);
  return accept(reader, ')') ? inner : wrong(reader);
};

const endOf = (reader: Reader): tests.End | undefined => {
  const first = accept(reader, 'src', 'dst');
  if (first === undefined) return undefined;
  const [joint, second] = reader.tokens.slice(reader.at, reader.at + 2);
  const isPair = (joint === 'or' || joint === 'and') && second === (first === 'src' ? 'dst' : 'src');
  if (!isPair) return first === 'src' ? 'src' : 'dst';
  reader.at += 2;
  return joint === 'or' ? 'either' : 'both';
};

const primitive = (reader: Reader): tests.Test => {
  const word = peek(reader);
  const next = reader.tokens[reader.at + 1];
  if (word === undefined) return wrong(reader);
  if (isBytes(word, next)) {
    const read = byteTest(reader.tokens.slice(reader.at));
    if (!read) return wrong(reader);
    reader.at += read.used;
    return read.test;
  }
  if (accept(reader, 'inbound')) return ({ outgoing }) => !outgoing;
  if (accept(reader, 'outbound')) return ({ outgoing }) => outgoing;
  if (accept(reader, 'less', 'greater')) return sizeTest(reader, word);
  if (accept(reader, 'vlan')) return vlanTest(reader);
  return qualified(reader);
};

const sizeTest = (reader: Reader, word: string): tests.Test => {
  const size = readNumber(reader.tokens[reader.at++] ?? '');
  if (size === undefined) return wrong(reader);
  return tests.lengthTest((length) => (word === 'less' ? length <= size : length >= size));
};

const vlanTest = (reader: Reader): tests.Test => {
  if (reader.context.cooked) return wrong(reader, 'no VLAN support for Linux cooked v2');
  const id = readNumber(peek(reader) ?? '');
  if (id === undefined) return tests.vlan(undefined);
  reader.at++;
  return id > 4095 ? wrong(reader, `VLAN tag ${id} greater than maximum 4095`) : tests.vlan(id);
};

/** `[protocol] [src|dst] [host|net|…] value`, or some of it. */
const qualified = (reader: Reader): tests.Test => {
  const protocol = accept(reader, ...PROTOCOLS);
  if (accept(reader, 'broadcast')) return groupTest(reader, protocol, 'broadcast');
  if (accept(reader, 'multicast')) return groupTest(reader, protocol, 'multicast');
  const end = endOf(reader);
  const kind = accept(reader, ...KINDS);
  if (end === undefined && kind === undefined) {
    if (protocol !== undefined && protocol !== 'ether') {
      reader.last = { protocol };
      return tests.PROTOCOLS[protocol] ?? tests.never;
    }
    const { last } = reader;
    if (protocol !== undefined || last === undefined || !isValue(peek(reader))) return wrong(reader);
    if (last.end === undefined && last.kind === undefined) return wrong(reader, 'syntax error in filter expression');
    return valueTest(reader, last);
  }
  const qualifiers: Qualifiers = {
    ...(protocol === undefined ? {} : { protocol }),
    ...(end === undefined ? {} : { end }),
    ...(kind === undefined ? {} : { kind }),
  };
  reader.last = qualifiers;
  return isValue(peek(reader)) ? valueTest(reader, qualifiers) : wrong(reader);
};

const isValue = (word: string | undefined): boolean => word !== undefined && /^[\w.:/\\-]+$/.test(word);

const groupTest = (reader: Reader, protocol: string | undefined, which: 'broadcast' | 'multicast'): tests.Test => {
  const { mask, cooked } = reader.context;
  const isMulticast = which === 'multicast';
  if (protocol === 'ip') return isMulticast ? tests.ipMulticast : tests.ipBroadcast(mask);
  if (protocol === 'ip6' && isMulticast)
    return ({ frame: { payload } }) => payload.proto === 'ipv6' && payload.dst >> 120n === 0xffn;
  const where = `${NOT_ETHERNET}/ARCNET/802.11/ATM LANE/Fibre Channel`;
  if (isMulticast && (cooked || (protocol ?? 'ether') !== 'ether'))
    return wrong(reader, `link-layer multicast filters ${where}`);
  if (cooked) return wrong(reader, 'not a broadcast link');
  if ((protocol ?? 'ether') !== 'ether') return wrong(reader, 'only link-layer/IP broadcast filters supported');
  return isMulticast ? tests.multicast : tests.broadcast;
};

const valueTest = (reader: Reader, { protocol, end = 'either', kind = 'host' }: Qualifiers): tests.Test => {
  const value = reader.tokens[reader.at++] ?? '';
  switch (kind) {
    case 'proto':
      return protocolTest(reader, protocol, value);
    case 'port':
    case 'portrange':
      return tests.never;
    case 'net': {
      const mask = accept(reader, 'mask') ? reader.tokens[reader.at++] : undefined;
      return orWrong(reader, netRange(value, mask), (range) => tests.addressTest(protocol, end, range));
    }
    default:
      return hostTest(reader, protocol, end, value);
  }
};

const hostTest = (reader: Reader, protocol: string | undefined, end: tests.End, value: string): tests.Test => {
  const mac = parseMac(value);
  if (protocol === 'ether') {
    if (!mac.ok) return wrong(reader, 'illegal link layer address');
    if (reader.context.cooked) return wrong(reader, `ethernet addresses ${NOT_ETHERNET}/802.11/ATM LANE/Fibre Channel`);
    return tests.hardwareTest(end, macNumber(mac.value));
  }
  if (mac.ok) return wrong(reader, 'ethernet address used in non-ether expression');
  if (protocol !== undefined && !/^(ip6?|r?arp)$/.test(protocol))
    return wrong(reader, `'${protocol}' modifier applied to host`);
  return orWrong(reader, hostRange(value, reader.context.hosts), (range) => tests.addressTest(protocol, end, range));
};

const ETHER_TYPES: Readonly<Record<string, number>> = { ip: 0x0800, arp: 0x0806, rarp: 0x8035, ip6: 0x86dd };

/** `ether proto 0x806`, `ip proto \icmp` */
const protocolTest = (reader: Reader, protocol: string | undefined, value: string): tests.Test => {
  const name = value.startsWith('\\') ? value.slice(1) : undefined;
  const number = readNumber(value);
  if (name === undefined && number === undefined) return wrong(reader);
  if (protocol === 'ether') {
    const type = number ?? ETHER_TYPES[name ?? ''];
    return type === undefined ? wrong(reader, `unknown ether proto '${name}'`) : tests.etherProtocol(type);
  }
  const isIcmp = number === 1 || name === 'icmp';
  if (isIcmp && protocol !== 'ip6') return tests.PROTOCOLS['icmp'] ?? tests.never;
  const isIcmp6 = number === 58 || name === 'ipv6-icmp';
  return isIcmp6 && protocol !== 'ip' ? (tests.PROTOCOLS['icmp6'] ?? tests.never) : tests.never;
};

/** A filter expression (pcap-filter(7)), or what tcpdump says of one that is wrong. */
export const readFilter = (text: string, context: FilterContext): Result<tests.Test, string> => {
  if (text.trim() === '') return ok(tests.always);
  const reader: Reader = { tokens: tokensOf(text), context, at: 0, fault: undefined, last: undefined };
  const test = expression(reader);
  if (reader.fault !== undefined) return fail(reader.fault);
  return reader.at === reader.tokens.length ? ok(test) : fail(SYNTAX);
};
