/**
 * Settings under net.ipv4.conf.DEVICE (and net.ipv6.conf.DEVICE): only what differs from the default is held.
 * Effective values combine `all` and the device as include/linux/inetdevice.h does (IN_DEV_MAXCONF, IN_DEV_ORCONF …).
 */
export type DeviceConf = Readonly<Partial<Record<ConfKey, number>>>;

/** The keys with their kernel defaults (net/ipv4/devinet.c:ipv4_devconf_dflt). */
export const CONF4_DEFAULTS = {
  accept_local: 0,
  accept_redirects: 1,
  accept_source_route: 0,
  arp_accept: 0,
  arp_announce: 0,
  arp_evict_nocarrier: 1,
  arp_filter: 0,
  arp_ignore: 0,
  arp_notify: 0,
  bc_forwarding: 0,
  bootp_relay: 0,
  disable_policy: 0,
  disable_xfrm: 0,
  drop_gratuitous_arp: 0,
  drop_unicast_in_l2_multicast: 0,
  force_igmp_version: 0,
  forwarding: 0,
  igmpv2_unsolicited_report_interval: 10000,
  igmpv3_unsolicited_report_interval: 1000,
  ignore_routes_with_linkdown: 0,
  log_martians: 0,
  mc_forwarding: 0,
  medium_id: 0,
  promote_secondaries: 0,
  proxy_arp: 0,
  proxy_arp_pvlan: 0,
  route_localnet: 0,
  rp_filter: 0,
  secure_redirects: 1,
  send_redirects: 1,
  shared_media: 1,
  src_valid_mark: 0,
  tag: 0,
  disable_ipv6: 0,
  accept_ra: 1,
  accept_dad: 1,
  autoconf: 1,
  proxy_ndp: 0,
} as const satisfies Record<string, number>;

export type ConfKey = keyof typeof CONF4_DEFAULTS;

/** The keys of net.ipv6.conf; the others are net.ipv4.conf's. `forwarding` and a few more are in both. */
export const CONF6_KEYS: ReadonlySet<ConfKey> = new Set([
  'disable_ipv6',
  'accept_ra',
  'accept_dad',
  'autoconf',
  'proxy_ndp',
]);
export const isConf6 = (key: ConfKey): boolean => CONF6_KEYS.has(key);

/** The keys of net.ipv4.neigh.DEVICE and net.ipv6.neigh.DEVICE with their defaults (net/ipv4/arp.c: arp_tbl). */
export const NEIGH_DEFAULTS = {
  anycast_delay: 100,
  app_solicit: 0,
  base_reachable_time_ms: 30000,
  delay_first_probe_time: 5,
  gc_stale_time: 60,
  interval_probe_time_ms: 5000,
  locktime: 100,
  mcast_resolicit: 0,
  mcast_solicit: 3,
  proxy_delay: 80,
  proxy_qlen: 64,
  retrans_time_ms: 1000,
  ucast_solicit: 3,
  unres_qlen: 101,
  unres_qlen_bytes: 212992,
} as const satisfies Record<string, number>;
export type NeighKey = keyof typeof NEIGH_DEFAULTS;
/** Only what was set is held. Times are milliseconds where the key says so, ticks of 10 ms for delays, else seconds. */
export type NeighConf = Readonly<Partial<Record<NeighKey, number>>>;
