import { fail, ok, type Result } from '../../../base/result.ts';
import { familyOf, type Ip } from '../../../model/ip.ts';
import { type Hosts, inetAton, resolve } from './names.ts';
import type { Asked } from './options.ts';

/** Whom to ping, under what name, and by which stations on the way. */
export type Target = {
  readonly ip: Ip;
  readonly name: string;
  /** The target was given as a number: nobody is looked up by address then. */
  readonly literal: boolean;
  readonly stations: readonly Ip[];
};

const NOT_YET = 'hairpin: IPv6 is not modelled yet\n';
const WRONG_FAMILY = 'Address family for hostname not supported';

/** The last word is the target (ping.c:main, ping4_run). A failure is what goes to stderr. */
export const findTarget = ({ options, targets }: Asked, hosts: Hosts): Result<Target, string> => {
  const word = targets.at(-1) ?? '';
  const found = resolve(hosts, word);
  if (!found.ok) return fail(`ping: ${word}: ${found.error}\n`);
  const { ip, name } = found.value;
  if (options.family !== undefined && familyOf(ip) !== options.family) return fail(`ping: ${word}: ${WRONG_FAMILY}\n`);
  if (familyOf(ip) === 6 || options.source?.includes(':')) return fail(NOT_YET);
  const stations: Ip[] = [];
  for (const station of targets.slice(0, -1)) {
    const known = resolve(hosts, station);
    if (!known.ok) return fail(`ping: ${station}: ${known.error}\n`);
    stations.push(known.value.ip);
  }
  return ok({ ip, name, stations, literal: inetAton(word) !== undefined && stations.length === 0 });
};
