import type { Device } from '../model/device.ts';
import type { Namespace } from '../model/network.ts';
import { CONF4_DEFAULTS, type ConfKey } from '../model/sysctl.ts';

/** Settings of IPv6 in force on one device (include/linux/ipv6.h:struct ipv6_devconf). */
export type Conf6 = {
  readonly forwarding: boolean;
  readonly acceptDad: boolean;
  /** Whether routers are asked for and believed (include/net/ipv6.h:ipv6_accept_ra). */
  readonly acceptRa: boolean;
  readonly acceptRedirects: boolean;
  readonly autoconf: boolean;
  /** Whether proxy entries answer (net/ipv6/ndisc.c:ndisc_recv_ns). */
  readonly proxyNdp: boolean;
};

export const conf6Of = ({ conf }: Namespace, { conf6 }: Device): Conf6 => {
  const own = (key: ConfKey): number => conf6[key] ?? CONF4_DEFAULTS[key];
  const forwarding = own('forwarding') !== 0;
  return {
    forwarding,
    acceptDad: own('accept_dad') > 0,
    acceptRa: forwarding ? own('accept_ra') === 2 : own('accept_ra') !== 0,
    acceptRedirects: own('accept_redirects') !== 0,
    autoconf: own('autoconf') !== 0,
    proxyNdp: own('proxy_ndp') !== 0 || (conf.all6['proxy_ndp'] ?? 0) !== 0,
  };
};
