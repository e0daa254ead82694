import type { Address } from '../../model/device.ts';
import { isLoopbackIp } from '../../model/ip.ts';
import type { AddressPhrase } from '../phrases/address.ts';

/** The scope that iproute2 sends by itself (ip/ipaddress.c:default_scope); that of IPv6 follows from the address. */
const isUsualScope = ({ family, local, scope }: Address): boolean =>
  family === 6 || scope === (isLoopbackIp(local) ? 'host' : 'global');

/** What a command says of an address: all that it would not fill in by itself. */
export const addressPhrase = (one: Address): AddressPhrase => {
  const { local, length, peer, broadcast, scope, label, noprefixroute, nodad, metric, validSeconds, preferredSeconds } =
    one;
  return {
    address: { address: local, length },
    ...(peer === undefined ? {} : { peer: { address: peer, length } }),
    ...(broadcast === undefined ? {} : { broadcast }),
    ...(isUsualScope(one) ? {} : { scope }),
    ...(label === undefined ? {} : { label }),
    ...(noprefixroute ? { noprefixroute } : {}),
    ...(nodad ? { nodad } : {}),
    ...(metric === undefined ? {} : { metric }),
    ...(validSeconds === undefined ? {} : { validSeconds }),
    ...(preferredSeconds === undefined ? {} : { preferredSeconds }),
  };
};
