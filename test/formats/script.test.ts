import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { operationsOf } from '../../src/formats/script/operations.ts';
import { applyAll } from '../../src/model/apply.ts';
import type { Network } from '../../src/model/network.ts';
import { emptyFor, operationsIn, scenarios } from '../arbitraries/scenario.ts';
import { after, anyHistory } from './networks.ts';
import { comparable } from './same-network.ts';

const rebuilt = (network: Network): Network => {
  const { network: again, refusal } = applyAll({ ...network, machines: {}, cables: [] }, operationsOf(network));
  expect(refusal).toBeUndefined();
  return again;
};

describe('the operations of a network', () => {
  test('build it again, whatever was done to it', () => {
    fc.assert(
      fc.property(anyHistory, ({ network }) => {
        expect(comparable(rebuilt(network))).toEqual(comparable(network));
      }),
      { numRuns: 200 },
    );
  }, 60_000);

  test('build it again where it is such as people lay out', () => {
    fc.assert(
      fc.property(scenarios(), (one) => {
        const network = after(emptyFor(one), operationsIn(one));
        expect(comparable(rebuilt(network))).toEqual(comparable(network));
      }),
      { numRuns: 100 },
    );
  }, 60_000);
});
