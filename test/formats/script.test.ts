import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { operationsOf } from '../../src/formats/script/operations.ts';
import { apply, applyAll } from '../../src/model/apply.ts';
import { emptyNetwork } from '../../src/model/empty.ts';
import { devicesOf } from '../../src/model/find.ts';
import type { MachineName, Network } from '../../src/model/network.ts';
import { beginning, operation } from '../model/arbitraries.ts';
import { built } from '../model/helpers.ts';
import { comparable } from './same-network.ts';

const kernels = fc.constantFrom('6.1' as const, '6.18' as const);
const start = (kernel: '6.1' | '6.18', ipv6: boolean): Network =>
  built(
    [{ op: 'machine.add', machine: 'far' as MachineName, role: 'switch', ipv6 }, ...beginning],
    emptyNetwork({ kernel, ipv6 }),
  );

/** Its address is its ports' until they join, and the child is made before that. */
const bridgesHaveNoPassthruChild = (network: Network): boolean =>
  Object.values(network.machines).every((machine) =>
    devicesOf(machine).every((one) => !('parentMac' in one) || machine.devices[one.parent]?.kind !== 'bridge'),
  );

/** A cable names a card by its machine and its name; two of one name it could not tell apart. */
const cardsHaveNamesOfTheirOwn = (network: Network): boolean =>
  Object.values(network.machines).every((machine) => {
    const cards = devicesOf(machine).filter(({ kind }) => kind === 'nic');
    return new Set(cards.map(({ name }) => name)).size === cards.length;
  });

const rebuilt = (network: Network): Network =>
  applyAll({ kernel: network.kernel, machines: {}, cables: [] }, operationsOf(network)).network;

describe('the operations of a network', () => {
  test('build the same network again', () => {
    fc.assert(
      fc.property(kernels, fc.boolean(), fc.array(operation, { maxLength: 40 }), (kernel, ipv6, operations) => {
        let network = start(kernel, ipv6);
        for (const one of operations) network = apply(network, one).network;
        fc.pre(cardsHaveNamesOfTheirOwn(network) && bridgesHaveNoPassthruChild(network));
        expect(comparable(rebuilt(network))).toEqual(comparable(network));
      }),
      { numRuns: 200 },
    );
  }, 120_000);
});
