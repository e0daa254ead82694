import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diagnosticLine } from '../../src/formats/diagnostic.ts';
import { printModel } from '../../src/formats/model-file/print.ts';
import { readModel } from '../../src/formats/model-file/read.ts';
import { devicesOf, namespaceNamed } from '../../src/model/find.ts';
import { type Cidr, networkOf } from '../../src/model/ip.ts';
import type { Network } from '../../src/model/network.ts';
import { emptyFor, operationsIn, scenarios } from '../arbitraries/scenario.ts';
import { after } from './networks.ts';
import { comparable } from './same-network.ts';

const networkIn = (text: string) => {
  const read = readModel(text, 'x.yaml');
  if (!read.ok) throw new Error(`${read.error.map(diagnosticLine).join('\n')}\n${text}`);
  return read.value.network;
};

/** Which of two devices got its address first decides the route; a model file gives addresses in the order of devices. */
const sharesNoSubnet = (network: Network): boolean =>
  Object.values(network.machines).every((machine) => {
    const subnets = devicesOf(machine).flatMap(({ addresses, namespace }) => {
      const own = addresses.filter(({ protocol }) => protocol === undefined);
      const texts = own.map(({ local, length }) => `${namespace} ${networkOf({ address: local, length })}/${length}`);
      return [...new Set(texts)];
    });
    return new Set(subnets).size === subnets.length;
  });

/** A model file has no words for a route that the kernel makes with an address and that is gone. */
const hasItsSubnets = (network: Network): boolean =>
  Object.values(network.machines).every((machine) =>
    devicesOf(machine).every(({ up, addresses, namespace: name }) => {
      const routes = namespaceNamed(machine, name)?.routes ?? [];
      const isThere = (prefix: Cidr): boolean =>
        routes.some(({ destination, length }) => destination === networkOf(prefix) && length === prefix.length);
      return !up || addresses.every(({ local, length }) => length > 30 || isThere({ address: local, length }));
    }),
  );

describe('printing and reading', () => {
  test('a network as people lay out comes back the same', () => {
    fc.assert(
      fc.property(scenarios(), (one) => {
        const network = after(emptyFor(one), operationsIn(one));
        fc.pre(sharesNoSubnet(network) && hasItsSubnets(network));
        expect(comparable(networkIn(printModel(network)), 'by name')).toEqual(comparable(network, 'by name'));
      }),
      { numRuns: 40 },
    );
  }, 60_000);
});
