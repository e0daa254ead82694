/** Why some lines of the labs are answered differently. A line that is answered right must leave the list below. */
const QDISC = 'a device that was up once keeps its queueing discipline; the model does not remember that it was';
const INDEX = 'a veth pair that is refused half way has used up a number';
const KIND = 'bond and vrf are not modelled';
const BEHIND = 'numbers differ since bond and vrf are not modelled';
const UNKNOWN = 'an ipvlan child whose carrier never changed stays UNKNOWN; the model does not remember changes';
const CARRIER = 'carrier is not modelled';
const NSID =
  'numbers of namespaces are given when they are first seen, not when a link is made; and `set` is not modelled';
const STATE = 'a new cost makes the kernel choose the port state anew';
const MASK = 'group_fwd_mask of a port is not modelled';
/** Such a line may be right or not: it was recorded so soon after a change that the kernel had not seen it through. */
export const LATE = 'linkwatch had not run yet';
const CLEANUP = 'a deleted namespace is taken apart a moment later';
const TRANS = 'carrier changes are not counted';
const BIG = '6.1 counts promiscuity below zero when nopromisc is set on a child that is down';
const DAD = 'duplicate addresses are not detected in a still simulation';

export const KNOWN: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  'errors-link-add': {
    41: INDEX,
    46: INDEX,
    71: INDEX,
    72: INDEX,
    73: INDEX,
    74: INDEX,
    77: INDEX,
    80: KIND,
    81: KIND,
    82: KIND,
    83: KIND,
    84: KIND,
    97: BEHIND,
    100: BEHIND,
  },
  'errors-macvlan': { 78: BIG },
  'ip-detail-bridge': { 16: LATE, 24: STATE, 25: STATE, 29: MASK, 30: MASK },
  'ip-detail-ipvlan': {
    10: UNKNOWN,
    13: UNKNOWN,
    14: UNKNOWN,
    16: UNKNOWN,
    17: UNKNOWN,
    19: UNKNOWN,
    21: UNKNOWN,
    23: UNKNOWN,
    24: UNKNOWN,
    26: UNKNOWN,
    28: UNKNOWN,
    30: UNKNOWN,
    33: UNKNOWN,
    45: UNKNOWN,
    48: UNKNOWN,
    50: UNKNOWN,
    53: UNKNOWN,
    55: UNKNOWN,
    68: QDISC,
  },
  'ip-detail-macvlan': { 22: LATE, 26: LATE, 30: LATE, 68: QDISC },
  'ip-ipv6.6.18': { 56: DAD, 59: QDISC, 62: DAD },
  'ip-ipv6': { 56: DAD, 59: QDISC, 62: DAD },
  'ip-link-json': { 31: TRANS },
  'ip-link-set': {
    46: QDISC,
    61: QDISC,

    68: QDISC,
    69: CARRIER,
    71: CARRIER,
    72: CARRIER,
    75: QDISC,
    77: QDISC,
  },
  'ip-states-ipvlan': { 21: QDISC, 27: QDISC },
  'ip-states': { 32: QDISC, 41: QDISC, 50: QDISC, 56: QDISC, 70: QDISC },
  netns: { 20: NSID, 24: NSID, 25: NSID, 26: NSID, 27: NSID, 52: NSID, 59: CLEANUP },
};
