import { describe, expect, it } from 'vitest';
import { createGraph, type Graph } from '../../src/predict/alike/graph.ts';
import { orbitsOf } from '../../src/predict/alike/orbits.ts';

const ring = (rings: readonly (readonly number[])[]): Graph => {
  const { vertex, tie, graph } = createGraph();
  const vertices = rings.flat().map(() => vertex('switch'));
  for (const each of rings)
    for (const [i, v] of each.entries()) tie(vertices[v]!, vertices[each[(i + 1) % each.length]!]!, 'cable');
  return graph();
};

describe('symmetries of a graph', () => {
  it('takes no two switches on a ring for alike, since colours alone take two triangles for a hexagon', () => {
    const { kindOf } = orbitsOf(
      ring([
        [0, 1, 2],
        [3, 4, 5],
      ]),
    );
    expect(new Set([0, 1, 2, 3, 4, 5].map(kindOf)).size).toBe(6);
  });

  /** A root with hosts, each with children. */
  const tree = (hosts: number, children: number) => {
    const { vertex, edge, graph } = createGraph();
    const root = vertex('switch');
    const leaves: number[][] = [];
    for (let h = 0; h < hosts; h++) {
      const host = vertex('host');
      edge(host, root, 'on');
      leaves.push(
        Array.from({ length: children }, () => {
          const leaf = vertex('child');
          edge(leaf, host, 'on');
          return leaf;
        }),
      );
    }
    return { graph: graph(), leaves };
  };

  it('tells siblings from cousins, and no more', () => {
    const { graph, leaves } = tree(3, 3);
    const { kindOf, pairKind } = orbitsOf(graph);
    const all = leaves.flat();
    expect(new Set(all.map(kindOf)).size).toBe(1);
    const pairs = all.flatMap((a) => all.filter((b) => b !== a).map((b) => pairKind(a, b)));
    expect(new Set(pairs).size).toBe(2);
    expect(pairKind(leaves[0]![0]!, leaves[0]![1]!)).toBe(pairKind(leaves[2]![1]!, leaves[2]![0]!));
    expect(pairKind(leaves[0]![0]!, leaves[1]![0]!)).toBe(pairKind(leaves[2]![1]!, leaves[1]![2]!));
  });

  it('draws together what belongs together one to one, though it goes round in circles', () => {
    const { vertex, edge, graph } = createGraph();
    const hosts = [0, 1, 2].map(() => {
      const [host, card, child] = [vertex('host'), vertex('card'), vertex('child')] as const;
      edge(card, host, 'in');
      edge(child, card, 'on');
      edge(child, host, 'of');
      return child;
    });
    const { kindOf } = orbitsOf(graph());
    expect(new Set(hosts.map(kindOf)).size).toBe(1);
  });

  it('does not mix up whose is whose: equal numbers of ties are not equal ties', () => {
    const { vertex, edge, graph } = createGraph();
    const [a, b] = [vertex('host'), vertex('host')] as const;
    const children = [a, a, b, b].map((parent) => {
      const child = vertex('child');
      edge(child, parent, 'on');
      return child;
    });
    // Two children route by their own host, two by the other one.
    for (const [i, gateway] of [a, b, b, a].entries()) edge(children[i]!, gateway, 'by');
    const { kindOf } = orbitsOf(graph());
    expect(kindOf(children[0]!)).not.toBe(kindOf(children[1]!));
  });
});
