import { contract } from './contract.ts';
import { createInterner, type Graph } from './graph.ts';
import { refine, sizesOf } from './refine.ts';

/** Which vertices, and which pairs of them, a symmetry of the whole graph carries onto each other. */
export type Orbits = {
  /** Vertices of one kind can be exchanged. */
  readonly kindOf: (vertex: number) => number;
  /** Pairs of one kind can be exchanged, each vertex with its counterpart. */
  readonly pairKind: (a: number, b: number) => string;
};

/**
 * Colour refinement alone does not prove a symmetry: it takes two triangles for a hexagon. It does on a forest, where a
 * colour tells all that can be seen from a vertex, and what can be seen is all there is. So what belongs together one to
 * one is drawn together; vertices that are alone in their colour stay where they are under any symmetry and are taken
 * away; and where what is left still goes round in circles, the vertices on circles are held fast. Then two vertices of
 * one colour have isomorphic trees, and so have two pairs whose paths have the same colours: at each vertex of the path
 * the branches off it are the same, since its neighbours by colour are the same and one each is on the path.
 */
export const orbitsOf = (graph: Graph): Orbits => {
  let labels = graph.labels;
  for (;;) {
    const small = shrink({ labels, edges: graph.edges });
    const circles = coreOf(small);
    if (circles.size === 0) return orbitsIn(small);
    // What is held fast is told by its number.
    labels = labels.map((label, v) => (circles.has(small.unitOf[v]!) ? `${v}!` : label));
  }
};

type Small = {
  readonly graph: Graph;
  readonly of: Int32Array;
  readonly alone: (vertex: number) => boolean;
  /** Of each vertex of the large graph: its unit in the small one, and its place in it. */
  readonly unitOf: Int32Array;
  readonly placeOf: readonly string[];
};

/** Refines and contracts by turns, until there is nothing left to draw together. */
const shrink = (large: Graph): Small => {
  let graph = large;
  let unitOf = Int32Array.from(large.labels, (_, v) => v);
  const places: string[] = large.labels.map(() => '');
  for (;;) {
    const colours = refine(graph);
    for (let v = 0; v < unitOf.length; v++) places[v] += `.${colours.of[unitOf[v]!]}`;
    const smaller = contract(graph, colours);
    if (smaller.graph.labels.length === graph.labels.length) {
      const sizes = sizesOf(colours);
      return { graph, of: colours.of, alone: (v) => sizes[colours.of[v]!] === 1, unitOf, placeOf: places };
    }
    unitOf = unitOf.map((unit) => smaller.unitOf[unit]!);
    graph = smaller.graph;
  }
};

/** The neighbours of a vertex that are not alone in their colour. */
const companions = ({ graph, alone }: Small, vertex: number): readonly number[] => {
  if (alone(vertex)) return [];
  const list = graph.edges[vertex]!;
  return list.filter((_, i) => i % 2 === 1).filter((w) => !alone(w));
};

/** What is left when leaves are taken off until there are none: empty just where there is no circle. */
const coreOf = (small: Small): ReadonlySet<number> => {
  const near = small.graph.labels.map((_, v) => companions(small, v));
  const degree = near.map((list) => list.length);
  const core = new Set(degree.keys());
  const leaves = [...core].filter((v) => degree[v]! < 2);
  for (let v = leaves.pop(); v !== undefined; v = leaves.pop()) {
    core.delete(v);
    for (const w of near[v]!) if (core.has(w) && --degree[w]! === 1) leaves.push(w);
  }
  return core;
};

type Tree = { readonly root: Int32Array; readonly up: Int32Array; readonly depth: Int32Array };

const rootTrees = (small: Small): Tree => {
  const size = small.graph.labels.length;
  const root = new Int32Array(size).fill(-1);
  const up = new Int32Array(size).fill(-1);
  const depth = new Int32Array(size);
  for (let start = 0; start < size; start++) {
    if (root[start] !== -1) continue;
    root[start] = start;
    for (const queue = [start]; queue.length > 0; ) {
      const v = queue.pop()!;
      for (const w of companions(small, v)) {
        if (root[w] !== -1) continue;
        root[w] = start;
        up[w] = v;
        depth[w] = depth[v]! + 1;
        queue.push(w);
      }
    }
  }
  return { root, up, depth };
};

const orbitsIn = (small: Small): Orbits => {
  const { of, unitOf, placeOf } = small;
  const tree = rootTrees(small);
  const intern = createInterner();
  const kinds = Int32Array.from(placeOf, intern);
  return {
    kindOf: (vertex) => kinds[vertex]!,
    pairKind: (a, b) => `${kinds[a]} ${kinds[b]} ${pathText(tree, of, unitOf[a]!, unitOf[b]!)}`,
  };
};

/** The colours on the way from one vertex of a tree to another. */
const pathText = ({ root, up, depth }: Tree, of: Int32Array, from: number, to: number): string => {
  if (root[from] !== root[to]) return 'apart';
  let [a, b] = [from, to];
  let ascent = '';
  let descent = '';
  while (a !== b) {
    if (depth[a]! >= depth[b]!) {
      ascent += `,${of[a]}`;
      a = up[a]!;
    } else {
      descent = `,${of[b]}${descent}`;
      b = up[b]!;
    }
  }
  return `${ascent},${of[a]}${descent}`;
};
