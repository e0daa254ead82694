import { fail, ok, type Result } from '../../../base/result.ts';
import { type Family, familyOf, type Ip } from '../../../model/ip.ts';
import { type Hosts, inetAton, resolve } from '../../names.ts';
import type { Asked } from './options.ts';
import { USAGE } from './usage.ts';

/** Whom to ping, under what name, and by which stations on the way. */
export type Target = {
  readonly ip: Ip;
  readonly family: Family;
  readonly name: string;
  /** The device behind the percent sign of an address that only one link knows. */
  readonly scope?: string;
  /** The target was given as a number: nobody is looked up by address then. */
  readonly literal: boolean;
  readonly stations: readonly Ip[];
};

const WRONG_FAMILY = 'Address family for hostname not supported';

/** The last word is the target (ping.c:main, ping4_run, ping6_run). A failure is what goes to stderr. */
export const findTarget = ({ options, targets }: Asked, hosts: Hosts): Result<Target, string> => {
  const word = targets.at(-1) ?? '';
  const found = resolve(hosts, word);
  if (!found.ok) return fail(`ping: ${word}: ${found.error}\n`);
  const { ip } = found.value;
  const family = familyOf(ip);
  const wanted = options.family ?? (options.source === undefined ? family : familyOf(options.source));
  if (wanted !== family) return fail(`ping: ${word}: ${WRONG_FAMILY}\n`);
  if (family === 6)
    return targets.length > 1 ? fail(USAGE) : ok({ ...found.value, family, stations: [], literal: word.includes(':') });
  const stations: Ip[] = [];
  for (const station of targets.slice(0, -1)) {
    const known = resolve(hosts, station);
    if (!known.ok) return fail(`ping: ${station}: ${known.error}\n`);
    stations.push(known.value.ip);
  }
  return ok({ ...found.value, family, stations, literal: inetAton(word) !== undefined && stations.length === 0 });
};
