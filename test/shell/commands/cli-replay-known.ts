/** Why some lines of the labs are answered differently. A line that is answered right must leave the list below. */
const KIND = 'bond and vrf are not modelled';
const BEHIND = 'numbers differ since bond and vrf are not modelled';
const MASK = 'group_fwd_mask of a port is not modelled';
/** Such a line may be right or not: it was recorded so soon after a change that the kernel had not seen it through. */
export const LATE = 'linkwatch had not run yet';
const CLEANUP = 'a deleted namespace is taken apart a moment later';
const TRANS = 'carrier changes are not counted';
const BIG = '6.1 counts promiscuity below zero when nopromisc is set on a child that is down';
const DAD = 'duplicate addresses are not detected in a still simulation';

export const KNOWN: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  'errors-link-add': {
    80: KIND,
    81: KIND,
    82: KIND,
    83: KIND,
    84: KIND,
    97: BEHIND,
    100: BEHIND,
  },
  'errors-macvlan': { 78: BIG },
  'ip-detail-bridge': { 16: LATE, 29: MASK, 30: MASK },
  'ip-detail-macvlan': { 22: LATE, 26: LATE, 30: LATE },
  'ip-ipv6.6.18': { 56: DAD, 62: DAD },
  'ip-ipv6': { 56: DAD, 62: DAD },
  'ip-link-json': { 31: TRANS },
  netns: { 59: CLEANUP },
};
