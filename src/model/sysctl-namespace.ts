/** Settings of a namespace as a whole, with the kernel's defaults and bounds. */
export type NamespaceSetting = {
  readonly value: string;
  readonly min?: number;
  readonly max?: number;
  /** How many numbers the value consists of. */
  readonly numbers?: number;
};

const flag = (value: 0 | 1): NamespaceSetting => ({ value: `${value}`, min: 0, max: 1 });
const number = (value: number, min = 0, max = 2 ** 31 - 1): NamespaceSetting => ({ value: `${value}`, min, max });
const pair = (value: string, max: number): NamespaceSetting => ({ value, min: 0, max, numbers: 2 });

/** net/ipv4/sysctl_net_ipv4.c:ipv4_net_table, net/ipv4/route.c, net/ipv6/sysctl_net_ipv6.c. */
export const NAMESPACE_SETTINGS: Readonly<Record<string, NamespaceSetting>> = {
  'net.ipv4.ip_default_ttl': number(64, 1, 255),
  'net.ipv4.ip_no_pmtu_disc': number(0, 0, 3),
  'net.ipv4.ip_nonlocal_bind': flag(0),
  'net.ipv4.ip_forward_use_pmtu': flag(0),
  'net.ipv4.ip_forward_update_priority': flag(1),
  'net.ipv4.ip_local_port_range': pair('32768\t60999', 65535),
  'net.ipv4.ip_unprivileged_port_start': number(1024, 0, 65535),
  'net.ipv4.ping_group_range': pair('1\t0', 2 ** 32 - 2),
  'net.ipv4.icmp_echo_ignore_all': flag(0),
  'net.ipv4.icmp_echo_ignore_broadcasts': flag(1),
  'net.ipv4.icmp_echo_enable_probe': flag(0),
  'net.ipv4.icmp_ignore_bogus_error_responses': flag(1),
  'net.ipv4.icmp_errors_use_inbound_ifaddr': flag(0),
  'net.ipv4.icmp_ratelimit': number(1000),
  'net.ipv4.icmp_ratemask': number(6168),
  'net.ipv4.icmp_msgs_per_sec': number(1000),
  'net.ipv4.icmp_msgs_burst': number(50),
  'net.ipv4.fib_multipath_hash_policy': number(0, 0, 3),
  'net.ipv4.fib_multipath_use_neigh': flag(0),
  'net.ipv4.fwmark_reflect': flag(0),
  'net.ipv4.nexthop_compat_mode': flag(1),
  'net.ipv4.route.min_pmtu': number(552, 68),
  'net.ipv4.route.mtu_expires': number(600),
  'net.ipv4.route.error_burst': number(1250),
  'net.ipv4.route.error_cost': number(250),
  'net.ipv4.route.redirect_load': number(5),
  'net.ipv4.route.redirect_number': number(9),
  'net.ipv4.route.redirect_silence': number(5120),
  'net.ipv6.bindv6only': flag(0),
  'net.ipv6.ip_nonlocal_bind': flag(0),
  'net.ipv6.icmp.ratelimit': number(1000),
  'net.ipv6.icmp.echo_ignore_all': flag(0),
  'net.ipv6.icmp.echo_ignore_multicast': flag(0),
  'net.ipv6.icmp.echo_ignore_anycast': flag(0),
  'net.core.devconf_inherit_init_net': number(0, 0, 3),
};

/** A value as the file shows it afterwards: numbers with tabs between them. Anything else is EINVAL. */
export const canonicalValue = (
  setting: NamespaceSetting,
  text: string,
): { readonly valid: true; readonly value: string } | { readonly valid: false } => {
  const { min = -(2 ** 31), max = 2 ** 31 - 1, numbers = 1 } = setting;
  const parts = text.trim().split(/\s+/).map(integer);
  const fits = parts.every((part) => part >= min && part <= max);
  return parts.length === numbers && fits ? { valid: true, value: parts.join('\t') } : { valid: false };
};

/** Decimal, octal behind 0, hexadecimal behind 0x, as strtol takes it; else NaN (kernel/sysctl.c:proc_dointvec). */
export const integer = (text: string): number => {
  const match = /^(-?)(0x[0-9a-f]+|0[0-7]*|[1-9]\d*)$/i.exec(text.trim());
  if (!match) return Number.NaN;
  const digits = match[2] ?? '';
  const isOctal = /^0[0-7]+$/.test(digits);
  const value = isOctal ? Number.parseInt(digits, 8) : Number(digits);
  return match[1] === '-' ? -value : value;
};
