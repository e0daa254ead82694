import type { AddressScope } from '../../../model/device.ts';
import { canonicalScope, scopeNumber } from '../../../model/scope.ts';
import { readUnsigned } from '../../text/numbers.ts';

const NAMES: readonly AddressScope[] = ['global', 'nowhere', 'host', 'link', 'site'];

/** A scope by its name in /etc/iproute2/rt_scopes, or by its number. */
export const readScope = (word: string): AddressScope | undefined => {
  const number = readUnsigned(word, 8);
  return NAMES.find((name) => name === word) ?? (number === undefined ? undefined : canonicalScope(number));
};

export const scopeName = (scope: AddressScope, numeric: boolean): string =>
  String(numeric ? scopeNumber(scope) : canonicalScope(scope));
