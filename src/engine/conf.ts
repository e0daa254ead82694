import type { Device } from '../model/device.ts';
import type { Namespace } from '../model/network.ts';
import { CONF4_DEFAULTS, type ConfKey } from '../model/sysctl.ts';

/** Effective settings of one device, `all` and the device's own already combined. */
export type Conf = {
  readonly acceptLocal: boolean;
  readonly acceptRedirects: boolean;
  readonly arpAccept: number;
  readonly arpAnnounce: number;
  readonly arpFilter: boolean;
  readonly arpIgnore: number;
  readonly evictNoCarrier: boolean;
  readonly forwarding: boolean;
  readonly ignoreLinkdown: boolean;
  readonly proxyArp: boolean;
  readonly proxyArpPvlan: boolean;
  readonly routeLocalnet: boolean;
  readonly rpFilter: number;
  readonly sendRedirects: boolean;
  readonly sharedMedia: boolean;
};

/** How `all` and the device combine, setting by setting (include/linux/inetdevice.h: IN_DEV_MAXCONF, IN_DEV_ORCONF …). */
export const confOf = ({ conf }: Namespace, { conf4 }: Device): Conf => {
  const all = (key: ConfKey): number => conf.all4[key] ?? CONF4_DEFAULTS[key];
  const own = (key: ConfKey): number => conf4[key] ?? CONF4_DEFAULTS[key];
  const max = (key: ConfKey): number => Math.max(all(key), own(key));
  const either = (key: ConfKey): boolean => all(key) !== 0 || own(key) !== 0;
  const both = (key: ConfKey): boolean => all(key) !== 0 && own(key) !== 0;
  const forwarding = own('forwarding') !== 0;
  return {
    acceptLocal: either('accept_local'),
    acceptRedirects: forwarding ? both('accept_redirects') : either('accept_redirects'),
    arpAccept: max('arp_accept'),
    arpAnnounce: max('arp_announce'),
    arpFilter: either('arp_filter'),
    arpIgnore: max('arp_ignore'),
    evictNoCarrier: both('arp_evict_nocarrier'),
    forwarding,
    ignoreLinkdown: own('ignore_routes_with_linkdown') !== 0,
    proxyArp: either('proxy_arp'),
    proxyArpPvlan: either('proxy_arp_pvlan'),
    routeLocalnet: either('route_localnet'),
    rpFilter: max('rp_filter'),
    sendRedirects: either('send_redirects'),
    sharedMedia: either('shared_media'),
  };
};
