import type { Brand } from '../base/brand.ts';
import { fail, ok, type Result } from '../base/result.ts';

/** An Ethernet address as text: lower case, colons, `02:00:00:00:00:01`. */
export type Mac = Brand<string, 'mac'>;

export const ZERO_MAC = '00:00:00:00:00:00' as Mac;
export const BROADCAST_MAC = 'ff:ff:ff:ff:ff:ff' as Mac;

const SHAPE = /^[0-9a-f]{1,2}(:[0-9a-f]{1,2}){5}$/;

/** Reads six colon-separated bytes, one or two hexadecimal digits each, in either case. */
export const parseMac = (text: string): Result<Mac, string> => {
  const lower = text.toLowerCase();
  if (!SHAPE.test(lower)) return fail(`"${text}" is not a MAC address such as 02:00:00:00:00:01`);
  return ok(
    lower
      .split(':')
      .map((byte) => byte.padStart(2, '0'))
      .join(':') as Mac,
  );
};

export const macNumber = (mac: Mac): number => Number.parseInt(mac.replaceAll(':', ''), 16);

export const macFromNumber = (value: number): Mac =>
  value
    .toString(16)
    .padStart(12, '0')
    .replace(/..(?!$)/g, '$&:') as Mac;

/** The group bit of the first byte: multicast and broadcast. */
export const isGroupMac = (mac: Mac): boolean => (Number.parseInt(mac.slice(0, 2), 16) & 1) === 1;

/** What Linux takes as a device's own address (include/linux/etherdevice.h:is_valid_ether_addr). */
export const isValidStationMac = (mac: Mac): boolean => mac !== ZERO_MAC && !isGroupMac(mac);

/**
 * The address that a real kernel would have drawn at random (eth_hw_addr_random): locally administered, unicast. Here
 * it follows from the machine and the device's number, so that the same script always gives the same network.
 */
export const drawnMac = (machine: string, device: number): Mac => {
  let low = 0x811c9dc5;
  let high = 0x2545f491;
  for (const unit of `${machine}/${device}`) {
    low = Math.imul(low ^ unit.charCodeAt(0), 0x01000193) >>> 0;
    high = Math.imul(high ^ low, 0x9e3779b1) >>> 0;
  }
  const first = ((high >>> 8) & 0xfc) | 0x02;
  return macFromNumber(first * 2 ** 40 + (high & 0xff) * 2 ** 32 + low);
};
