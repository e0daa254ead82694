import {
  addressBits,
  type Cidr,
  familyOf,
  type Ip,
  ipv6Number,
  isLinkLocal6,
  isLoopbackIp,
  isMulticastIp,
  networkOf,
} from '../../model/ip.ts';
import type { GraphBuilder } from './graph.ts';

/** The vertices for addresses and prefixes: one each, however often it is named. */
export type Prefixes = {
  readonly of: (prefix: Cidr) => number;
  readonly address: (ip: Ip) => number;
  /** Ties each prefix to the narrowest one around it, when all have been named. */
  readonly close: () => void;
};

/** Addresses that the kernel knows by their value, which therefore cannot stand for each other. */
const isSpecial = ({ address, length }: Cidr): boolean =>
  length === 0 ||
  address === '255.255.255.255' ||
  /^(0\.|::1?$)/.test(address) ||
  isMulticastIp(address) ||
  (familyOf(address) === 4 && isLoopbackIp(address));

const labelOf = (cidr: Cidr): string => {
  if (isSpecial(cidr)) return `${cidr.address}/${cidr.length}`;
  const family = familyOf(cidr.address);
  return `${family} ${cidr.length}${family === 6 && isLinkLocal6(cidr.address) ? ' link-local' : ''}`;
};

/**
 * All that routing asks of an address is which prefixes it lies in, so a symmetry may exchange addresses as long as the
 * tree of prefixes stays what it is.
 */
export const createPrefixes = ({ vertex, edge }: GraphBuilder): Prefixes => {
  const known = new Map<string, { readonly cidr: Cidr; readonly vertex: number }>();
  const lengths = new Set<number>();
  const of = (prefix: Cidr): number => {
    const cidr = prefix.length === addressBits(familyOf(prefix.address)) ? prefix : cut(prefix, prefix.length);
    const key = `${cidr.address}/${cidr.length}`;
    const there = known.get(key);
    if (there) return there.vertex;
    const fresh = vertex(`prefix ${labelOf(cidr)}`);
    known.set(key, { cidr, vertex: fresh });
    lengths.add(cidr.length);
    return fresh;
  };
  /** IPv6 asks for an address through a group that follows from its last three bytes. */
  const tieGroups = (): void => {
    const groups = new Map<bigint, number>();
    for (const { cidr, vertex: inner } of known.values()) {
      if (cidr.length < 128 || isSpecial(cidr)) continue;
      const last = ipv6Number(cidr.address) & 0xff_ffffn;
      const group = groups.get(last) ?? vertex('group');
      groups.set(last, group);
      edge(inner, group, 'asked by');
    }
  };
  const close = (): void => {
    tieGroups();
    const wider = [...lengths].sort((a, b) => b - a);
    for (const { cidr, vertex: inner } of known.values())
      for (const length of wider) {
        if (length >= cidr.length) continue;
        const { address } = cut(cidr, length);
        const around = known.get(`${address}/${length}`);
        if (!around) continue;
        edge(inner, around.vertex, 'in');
        break;
      }
  };
  return { of, address: (ip) => of({ address: ip, length: addressBits(familyOf(ip)) }), close };
};

const cut = ({ address }: Cidr, length: number): Cidr => ({ address: networkOf({ address, length }), length });
