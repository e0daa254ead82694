import type { Device } from './device.ts';
import { namespaceNamed } from './find.ts';
import type { MachineName, Network } from './network.ts';
import { CONF4_DEFAULTS, type ConfKey, isConf6 } from './sysctl.ts';

/** A device's own value, whatever `all` says. Keys of IPv6 are read from net.ipv6.conf, the others from net.ipv4.conf. */
export const settingOf = (device: Device, key: ConfKey): number =>
  (isConf6(key) ? device.conf6 : device.conf4)[key] ?? CONF4_DEFAULTS[key];

/** How a value of `all` and one of the device make the one in force (include/linux/inetdevice.h). */
type Rule = 'max' | 'or' | 'and' | 'own';

const RULES: Readonly<Partial<Record<ConfKey, Rule>>> = {
  rp_filter: 'max',
  arp_ignore: 'max',
  arp_announce: 'max',
  arp_accept: 'max',
  arp_notify: 'max',
  proxy_arp: 'or',
  proxy_arp_pvlan: 'or',
  arp_filter: 'or',
  send_redirects: 'or',
  secure_redirects: 'or',
  shared_media: 'or',
  accept_local: 'or',
  route_localnet: 'or',
  promote_secondaries: 'or',
  bc_forwarding: 'or',
  log_martians: 'or',
  src_valid_mark: 'or',
  arp_evict_nocarrier: 'and',
  mc_forwarding: 'and',
  accept_source_route: 'and',
  ignore_routes_with_linkdown: 'own',
  drop_gratuitous_arp: 'or',
  drop_unicast_in_l2_multicast: 'or',
};

/** The value in force for a device: `all` and the device's own, combined as the kernel does for that key. */
export const effective = (network: Network, machine: MachineName, device: Device, key: ConfKey): number => {
  const { all4 } = namespaceNamed(network.machines[machine]!, device.namespace)!.conf;
  const mine = settingOf(device, key);
  if (isConf6(key)) return mine;
  return combine(ruleOf(device, key), all4[key] ?? CONF4_DEFAULTS[key], mine);
};

/** Redirects are accepted by a router only where both say so, by others where one does (IN_DEV_RX_REDIRECTS). */
const ruleOf = (device: Device, key: ConfKey): Rule => {
  if (key === 'accept_redirects') return settingOf(device, 'forwarding') ? 'and' : 'or';
  return RULES[key] ?? 'own';
};

const combine = (rule: Rule, all: number, own: number): number => {
  switch (rule) {
    case 'max':
      return Math.max(all, own);
    case 'or':
      return all || own ? 1 : 0;
    case 'and':
      return all && own ? 1 : 0;
    case 'own':
      return own;
  }
};
