import { fail, ok, type Result } from '../../../base/result.ts';
import { ANY4, ANY6, type Family, familyOf, type Ip } from '../../../model/ip.ts';
import { readIp, readPrefix, wantedFamily } from '../../text/addresses.ts';
import type { OptionFamily } from './options.ts';
import { ending, type Outcome } from './outcome.ts';

/**
 * What selects addresses: `default`, `all` and `any` have no address, and no family unless the line has settled one.
 * `given` says that a length was said, which `default` does and `all` does not (lib/utils.c:get_prefix_1).
 */
export type Selector = {
  readonly family?: Family;
  readonly address?: Ip;
  readonly length: number;
  readonly given: boolean;
};

export const familyOption = (family: OptionFamily): { readonly family?: Family } =>
  family === 4 || family === 6 ? { family } : {};

const unexpected = (what: 'prefix' | 'address', text: string, family: Family | undefined): Outcome =>
  ending(`Error: ${wantedFamily(family)} ${what} is expected rather than "${text}".\n`, 1);

export const readSelector = (text: string, family: Family | undefined): Result<Selector, Outcome> => {
  if (text === 'default' || text === 'all' || text === 'any')
    return ok({ ...(family && { family }), length: 0, given: text === 'default' });
  const prefix = readPrefix(text, family);
  if (!prefix) return fail(unexpected('prefix', text, family));
  const { address, length, lengthGiven } = prefix;
  return ok({ family: familyOf(address), address, length, given: lengthGiven });
};

/** One address; `default` and `any` stand for the one of all zeros. */
export const readAddress = (text: string, family: Family | undefined): Result<Ip, Outcome> => {
  if (text === 'default' || text === 'all' || text === 'any') return ok(family === 6 ? ANY6 : ANY4);
  const ip = readIp(text, family);
  return ip === undefined ? fail(unexpected('address', text, family)) : ok(ip);
};
