import { isValidStationMac } from '../mac.ts';
import type { LinkAttributes } from '../operation.ts';
import { refuse } from '../refusal.ts';
import type { Verdict } from './kind.ts';

/** The address must be one that a station can have (is_valid_ether_addr in most kinds' validate). */
export const validateAddress = ({ mac }: LinkAttributes): Verdict =>
  mac !== undefined && !isValidStationMac(mac) ? refuse('EADDRNOTAVAIL') : undefined;
