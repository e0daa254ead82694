import type { BridgeSettings, PortSettings } from '../../model/device.ts';

/** What iproute2 calls the settings of a bridge port. */
export const PORT_WORDS = {
  state: 'state',
  hairpin: 'hairpin',
  isolated: 'isolated',
  learning: 'learning',
  flood: 'flood',
  mcastFlood: 'mcast_flood',
  bcastFlood: 'bcast_flood',
  neighSuppress: 'neigh_suppress',
  proxyArp: 'proxy_arp',
  proxyArpWifi: 'proxy_arp_wifi',
  locked: 'locked',
  guard: 'guard',
  rootBlock: 'root_block',
  fastLeave: 'fastleave',
  mcastToUnicast: 'mcast_to_unicast',
  vlanTunnel: 'vlan_tunnel',
  mab: 'mab',
  mcastRouter: 'mcast_router',
  cost: 'cost',
  priority: 'priority',
} as const satisfies Record<keyof PortSettings, string>;

/** What iproute2 calls the settings of a bridge. */
export const BRIDGE_WORDS = {
  ageingTime: 'ageing_time',
  forwardDelay: 'forward_delay',
  helloTime: 'hello_time',
  maxAge: 'max_age',
  stp: 'stp_state',
  priority: 'priority',
  vlanFiltering: 'vlan_filtering',
  vlanDefaultPvid: 'vlan_default_pvid',
  mcastSnooping: 'mcast_snooping',
  mcastQuerier: 'mcast_querier',
  groupForwardMask: 'group_fwd_mask',
} as const satisfies Record<keyof BridgeSettings, string>;

/** The settings of an object under its iproute2 names, and back. */
export const renamed = (words: Readonly<Record<string, string>>, settings: object): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(settings).map(([key, value]) => [words[key] ?? key, value]));

export const inverse = <Key extends string, Word extends string>(
  words: Readonly<Record<Key, Word>>,
): Readonly<Record<Word, Key>> =>
  Object.fromEntries(Object.entries(words).map(([key, word]) => [word, key])) as Readonly<Record<Word, Key>>;
