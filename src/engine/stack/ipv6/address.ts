import type { MacAddr } from '../../frame.ts';

export const ANY6 = 0n;
export const LOOPBACK6 = 1n;
export const ALL_NODES = (0xff02n << 112n) | 1n;
export const ALL_ROUTERS = (0xff02n << 112n) | 2n;
/** Where MLD reports go (RFC 3810, 5.2.14). */
export const MLD_ROUTERS = (0xff02n << 112n) | 0x16n;
const SOLICITED = (0xff02n << 112n) | 0x1_ff00_0000n;

export const isMulticast6 = (ip: bigint): boolean => ip >> 120n === 0xffn;
export const isLinkLocal = (ip: bigint): boolean => ip >> 118n === 0x3fan;

/** The group of all whose address ends in the same three bytes (RFC 4291, 2.7.1). */
export const solicitedNode = (ip: bigint): bigint => SOLICITED | (ip & 0xff_ffffn);

/** The hardware address of a group (RFC 2464, 7). */
export const groupMac6 = (ip: bigint): MacAddr => 0x3333_0000_0000 + Number(ip & 0xffff_ffffn);

/** How far an address reaches (include/net/ipv6.h:__ipv6_addr_src_scope): the larger, the farther. */
export const scopeOf6 = (ip: bigint): number => {
  if (isMulticast6(ip)) return Number((ip >> 112n) & 0xfn);
  if (isLinkLocal(ip) || ip === LOOPBACK6) return LINK_SCOPE;
  return ip >> 118n === 0x3fbn ? 5 : 14;
};
export const LINK_SCOPE = 2;

/** Addresses that mean something on one link only: their device must be the right one (net/ipv6/route.c:rt6_need_strict). */
export const needsDevice = (ip: bigint): boolean => isMulticast6(ip) || isLinkLocal(ip) || ip === LOOPBACK6;

/** How many leading bits two addresses share. */
export const commonBits = (a: bigint, b: bigint): number => 128 - (a ^ b).toString(2).length + (a === b ? 1 : 0);
