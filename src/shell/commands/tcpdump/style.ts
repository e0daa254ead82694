import { BROADCAST, type MacAddr, macText } from '../../../engine/frame.ts';
import type { Ip } from '../../../model/ip.ts';
import { type Hosts, nameOf } from '../../names.ts';
import type { TcpdumpOptions } from './options.ts';

/** How addresses are written, by the options. */
export type Style = {
  readonly options: TcpdumpOptions;
  readonly ip: (ip: Ip) => string;
  readonly mac: (mac: MacAddr) => string;
  readonly rawMac: (mac: MacAddr) => string;
};

/** Names unless -n (addrtoname.c). The makers of network cards are not known here, but for the one of all zeros. */
export const styleOf = (options: TcpdumpOptions, hosts: Hosts): Style => {
  if (options.numeric) return { options, ip: (ip) => ip, mac: macText, rawMac: macText };
  const maker = (mac: MacAddr): string => (mac < 2 ** 24 ? 'Ethernet' : 'Unknown');
  return {
    options,
    ip: (ip) => nameOf(hosts, ip) ?? ip,
    mac: (mac) => (mac === BROADCAST ? 'Broadcast' : `${macText(mac)} (oui ${maker(mac)})`),
    rawMac: macText,
  };
};
