import fc from 'fast-check';
import { apply } from '../../src/model/apply.ts';
import { emptyNetwork } from '../../src/model/empty.ts';
import { devicesOf } from '../../src/model/find.ts';
import type { MachineName, Network } from '../../src/model/network.ts';
import type { Operation } from '../../src/model/operation.ts';
import { beginning, operation } from '../model/arbitraries.ts';
import { built } from '../model/helpers.ts';

const start = (kernel: '6.1' | '6.18', ipv6: boolean): Network =>
  built(
    [{ op: 'machine.add', machine: 'far' as MachineName, role: 'switch', ipv6 }, ...beginning],
    emptyNetwork({ kernel, ipv6 }),
  );

/** The network after operations of which any may be refused. */
export const after = (network: Network, operations: readonly Operation[]): Network =>
  operations.reduce((now, one) => apply(now, one).network, network);

/** What was done to two machines, and what became of them. */
export type History = { readonly operations: readonly Operation[]; readonly network: Network };

/** Networks as they are after any operations at all. */
export const anyHistory: fc.Arbitrary<History> = fc
  .tuple(fc.constantFrom('6.1' as const, '6.18' as const), fc.boolean(), fc.array(operation, { maxLength: 40 }))
  .map(([kernel, ipv6, operations]) => {
    const network = after(start(kernel, ipv6), operations);
    const history: History = { operations, network };
    const text = () => `${kernel}, IPv6 ${ipv6 ? 'on' : 'off'}: ${JSON.stringify(operations)}`;
    return Object.defineProperty(history, fc.toStringMethod, { value: text, enumerable: false });
  })
  .filter(({ network }) => Object.values(network.machines).every(isPlain));

/**
 * A cable names a card by its machine and its name, so it could not tell two of one name apart. A card takes the number
 * that comes, so later ones have higher numbers. And the address of a
 * bridge is that of its ports, which join after a passthru child has taken it.
 */
const isPlain = (machine: Network['machines'][MachineName]): boolean => {
  const cards = devicesOf(machine).filter(({ kind }) => kind === 'nic');
  const isInOrder = cards.every((card, i) =>
    cards.slice(0, i).every((other) => other.namespace !== card.namespace || other.ifindex < card.ifindex),
  );
  const hasTwins = new Set(cards.map(({ name }) => name)).size < cards.length;
  return (
    !hasTwins &&
    isInOrder &&
    devicesOf(machine).every((one) => !('parentMac' in one) || machine.devices[one.parent]?.kind !== 'bridge')
  );
};
