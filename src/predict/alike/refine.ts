import { createInterner, type Graph } from './graph.ts';

/** A colour for each vertex, numbered from 0. */
export type Colours = { readonly of: Int32Array; readonly count: number };

/** Labels and colours are counted, and there are fewer of either than this. */
const MANY = 2 ** 26;

/**
 * Colour refinement: starting from the labels, two vertices keep one colour only while they have the same number of
 * neighbours of each colour by each label. In the end the colouring is equitable.
 */
export const refine = ({ labels, edges }: Graph): Colours => {
  const of = Int32Array.from(labels, createInterner());
  let colours: Colours = { of, count: new Set(of).size };
  for (;;) {
    const next = refineOnce(edges, colours);
    if (next.count === colours.count) return next;
    colours = next;
  }
};

const refineOnce = (edges: Graph['edges'], { of, count }: Colours): Colours => {
  const sizes = sizesOf({ of, count });
  const next = new Int32Array(of.length);
  // A vertex that is alone in its colour cannot be told from fewer others: it needs no look at its neighbours.
  let colour = 0;
  const known = new Map<string, number>();
  for (let v = 0; v < of.length; v++) {
    if (sizes[of[v]!] === 1) {
      next[v] = colour++;
      continue;
    }
    const text = signature(edges[v]!, of, of[v]!);
    const seen = known.get(text);
    if (seen === undefined) known.set(text, colour);
    next[v] = seen ?? colour++;
  }
  return { of: next, count: colour };
};

const signature = (edges: readonly number[], of: Int32Array, own: number): string => {
  const seen: number[] = [];
  for (let i = 0; i < edges.length; i += 2) seen.push(edges[i]! * MANY + of[edges[i + 1]!]!);
  if (seen.length > 1) seen.sort((a, b) => a - b);
  return `${own}:${seen.join()}`;
};

export const sizesOf = ({ of, count }: Colours): Int32Array => {
  const sizes = new Int32Array(count);
  for (const colour of of) sizes[colour]!++;
  return sizes;
};
