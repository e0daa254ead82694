import { createInterner, forward, type Graph, reverse, symmetric } from './graph.ts';
import { type Colours, sizesOf } from './refine.ts';

/** A smaller graph, and which of its vertices each vertex of the larger one has become part of. */
export type Contracted = { readonly graph: Graph; readonly unitOf: Int32Array };

/**
 * Draws together what belongs together one to one: a child's device, its namespace and its address become one vertex. Two
 * colours are matched by a label when each vertex of either has exactly one such neighbour of the other. A unit that
 * would hold two vertices of one colour stays in pieces. So a unit's inside is the same wherever its colours are the
 * same, and whatever moves units of the small graph onto each other moves their vertices by colour.
 */
export const contract = (graph: Graph, colours: Colours): Contracted => {
  const unitOf = unitsOf(graph, colours);
  return { graph: quotient(graph, colours, unitOf), unitOf };
};

/** How many neighbours a vertex has of a colour by a label; equitable, so that one vertex speaks for its colour. */
const countsOf = ({ edges }: Graph, { of, count }: Colours): readonly ReadonlyMap<string, number>[] => {
  const counts: Map<string, number>[] = Array.from({ length: count });
  for (let v = 0; v < of.length; v++) {
    if (counts[of[v]!]) continue;
    const mine = new Map<string, number>();
    counts[of[v]!] = mine;
    const list = edges[v]!;
    for (let i = 0; i < list.length; i += 2) {
      const key = `${list[i]} ${of[list[i + 1]!]}`;
      mine.set(key, (mine.get(key) ?? 0) + 1);
    }
  }
  return counts;
};

const unitsOf = (graph: Graph, colours: Colours): Int32Array => {
  const { of } = colours;
  const counts = countsOf(graph, colours);
  const sizes = sizesOf(colours);
  const matched = createMatching(counts);
  const leader = Int32Array.from(of, (_, v) => v);
  const find = (v: number): number => {
    let at = v;
    while (leader[at] !== at) {
      leader[at] = leader[leader[at]!]!;
      at = leader[at]!;
    }
    return at;
  };
  for (let v = 0; v < of.length; v++) {
    if (sizes[of[v]!] === 1) continue;
    const list = graph.edges[v]!;
    for (let i = 0; i < list.length; i += 2) {
      const w = list[i + 1]!;
      if (v < w && matched(of[v]!, list[i]!, of[w]!)) leader[find(v)] = find(w);
    }
  }
  return apart(
    of,
    Int32Array.from(of, (_, v) => find(v)),
  );
};

const createMatching = (counts: readonly ReadonlyMap<string, number>[]) => {
  const known = new Map<string, boolean>();
  return (a: number, label: number, b: number): boolean => {
    if (a === b) return false;
    const key = `${a} ${label} ${b}`;
    const answer = known.get(key);
    if (answer !== undefined) return answer;
    const fresh = counts[a]!.get(`${label} ${b}`) === 1 && counts[b]!.get(`${reverse(label)} ${a}`) === 1;
    known.set(key, fresh);
    return fresh;
  };
};

/** Numbers the units from 0, and takes those to pieces that hold one colour twice. */
const apart = (of: Int32Array, leader: Int32Array): Int32Array => {
  const seen = new Set<number>();
  const broken = new Set<number>();
  for (let v = 0; v < of.length; v++) {
    const key = leader[v]! * of.length + of[v]!;
    if (seen.has(key)) broken.add(leader[v]!);
    seen.add(key);
  }
  const number = new Map<number, number>();
  return Int32Array.from(of, (_, v) => {
    const key = broken.has(leader[v]!) ? of.length + v : leader[v]!;
    const known = number.get(key);
    if (known !== undefined) return known;
    number.set(key, number.size);
    return number.size - 1;
  });
};

type Unit = { readonly colours: number[]; readonly inner: number[]; readonly outer: Map<number, number[]> };

/** What is inside each unit, and what runs from it to which other. */
const lookInside = ({ edges }: Graph, { of }: Colours, unitOf: Int32Array): readonly Unit[] => {
  const intern = createInterner();
  const units: Unit[] = [];
  for (let v = 0; v < of.length; v++) {
    units[unitOf[v]!] ??= { colours: [], inner: [], outer: new Map() };
    const { colours, inner, outer } = units[unitOf[v]!]!;
    colours.push(of[v]!);
    const list = edges[v]!;
    for (let i = 0; i < list.length; i += 2) {
      const w = list[i + 1]!;
      const code = intern(`${list[i]} ${of[v]} ${of[w]}`);
      const far = unitOf[w]!;
      const between = far === unitOf[v] ? inner : outer.get(far);
      if (between) between.push(code);
      else outer.set(far, [code]);
    }
  }
  return units;
};

const sorted = (numbers: readonly number[]): string =>
  numbers.length === 1 ? `${numbers[0]}` : [...numbers].sort((a, b) => a - b).join();

/** The graph of units: a label tells a unit's colours and inner edges, and one edge between two tells all that ran there. */
const quotient = (graph: Graph, colours: Colours, unitOf: Int32Array): Graph => {
  const units = lookInside(graph, colours, unitOf);
  const texts = units.map(({ outer }) => new Map([...outer].map(([far, codes]) => [far, sorted(codes)])));
  const intern = createInterner();
  const labelOf = (near: string, far: string): number => {
    if (near === far) return symmetric(intern(near));
    return near < far ? forward(intern(near)) : reverse(forward(intern(far)));
  };
  return {
    labels: units.map((unit) => `${sorted(unit.colours)}|${sorted(unit.inner)}`),
    edges: texts.map((map, unit) => [...map].flatMap(([far, text]) => [labelOf(text, texts[far]!.get(unit)!), far])),
  };
};
