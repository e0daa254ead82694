import { type Icmp, type Icmp6, ipText } from '../../../engine/frame.ts';

/** A round trip in microseconds, in milliseconds with three digits that count (ping_common.c:gather_statistics). */
export const timeText = (micros: number): string => {
  if (micros >= 100_000 - 50) return `${Math.trunc((micros + 500) / 1000)}`;
  if (micros >= 10_000 - 5) return decimals(Math.trunc((micros + 50) / 100), 1);
  if (micros >= 1000) return decimals(Math.trunc((micros + 5) / 10), 2);
  return decimals(micros, 3);
};

const decimals = (value: number, digits: number): string => {
  const unit = 10 ** digits;
  return `${Math.trunc(value / unit)}.${String(value % unit).padStart(digits, '0')}`;
};

/** Milliseconds with three decimals, of microseconds. */
export const millis = (micros: number): string => decimals(micros, 3);

const UNREACHABLE = [
  'Destination Net Unreachable',
  'Destination Host Unreachable',
  'Destination Protocol Unreachable',
  'Destination Port Unreachable',
  'Frag needed and DF set',
  'Source Route Failed',
  'Destination Net Unknown',
  'Destination Host Unknown',
  'Source Host Isolated',
  'Destination Net Prohibited',
  'Destination Host Prohibited',
  'Destination Net Unreachable for Type of Service',
  'Destination Host Unreachable for Type of Service',
  'Packet filtered',
  'Precedence Violation',
  'Precedence Cutoff',
];
const REDIRECT = [
  'Redirect Network',
  'Redirect Host',
  'Redirect Type of Service and Network',
  'Redirect Type of Service and Host',
];
const EXCEEDED = ['Time to live exceeded', 'Frag reassembly time exceeded'];

/** What an error says (ping.c:pr_icmph). `nameOf` gives an address as ping prints it. */
export const errorText = (icmp: Icmp, nameOf: (ip: string) => string): string => {
  switch (icmp.icmp) {
    case 'unreachable': {
      const text = UNREACHABLE[icmp.code] ?? `Dest Unreachable, Bad Code: ${icmp.code}`;
      return icmp.code === 4 ? `${text} (mtu = ${icmp.mtu ?? 0})` : text;
    }
    case 'time-exceeded':
      return EXCEEDED[icmp.code] ?? `Time exceeded, Bad Code: ${icmp.code}`;
    case 'redirect': {
      const text = REDIRECT[icmp.code] ?? `Redirect, Bad Code: ${icmp.code}`;
      return `${text}(New nexthop: ${nameOf(ipText(icmp.gateway))})`;
    }
    case 'echo-request':
      return 'Echo Request';
    case 'echo-reply':
      return 'Echo Reply';
  }
};

const UNREACHABLE6 = [
  'No route',
  'Administratively prohibited',
  'Beyond scope of source address',
  'Address unreachable',
  'Port unreachable',
];
const EXCEEDED6 = ['Hop limit', 'Defragmentation failure'];

/** What an ICMPv6 error says (ping6_common.c:print_icmp). */
export const errorText6 = (icmp: Icmp6): string => {
  switch (icmp.icmp) {
    case 'unreachable':
      return `Destination unreachable: ${UNREACHABLE6[icmp.code] ?? `Unknown code ${icmp.code}`}`;
    case 'packet-too-big':
      return `Packet too big: mtu=${icmp.mtu}`;
    case 'time-exceeded':
      return `Time exceeded: ${EXCEEDED6[icmp.code] ?? `code ${icmp.code}`}`;
    default:
      return 'unknown icmp type';
  }
};
