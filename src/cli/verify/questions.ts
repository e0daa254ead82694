import { type Network, type Place, ROOT } from '../../model/network.ts';
import { predictMatrix } from '../../predict/matrix.ts';

/** How a script that runs on one machine says something at a place. */
const at = (here: string, { machine, namespace }: Place): string =>
  `${machine === here ? '' : `ssh ${machine} `}${namespace === ROOT ? '' : `ip netns exec ${namespace} `}`;

const unique = (list: readonly string[]): readonly string[] => [...new Set(list)];

/**
 * Everyone asks everyone, as a script. Of questions that a symmetry of the network makes alike, one is asked; before
 * each, whoever has asked or answered forgets its neighbours.
 */
export const questionsFor = (network: Network, here: string): string => {
  const pairs = predictMatrix(network).classes.map(({ from, to }) => ({ from, to }));
  const flushes = unique(
    pairs.flatMap(({ from, to }) => [from, to].map(({ place }) => `${at(here, place)}ip neigh flush all\n`)),
  ).join('');
  return pairs
    .map(({ from, to }) => {
      const source = from.several ? ` -I ${from.address}` : '';
      return `${at(here, from.place)}ping -n -c1 -W1${source} ${to.address}\n${flushes}`;
    })
    .join('');
};
