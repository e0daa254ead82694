/** A graph whose vertices carry texts and whose edges carry labels. Each edge is listed at both its ends. */
export type Graph = {
  readonly labels: readonly string[];
  /** For each vertex, label and neighbour by turns. */
  readonly edges: readonly (readonly number[])[];
};

export type GraphBuilder = {
  readonly vertex: (label: string) => number;
  /** An edge with a direction: its ends see it differently, as child and parent do. */
  readonly edge: (from: number, to: number, label: string) => void;
  /** An edge without one, such as a cable. */
  readonly tie: (a: number, b: number, label: string) => void;
  readonly graph: () => Graph;
};

/** Numbers for texts: the same text, the same number. */
export const createInterner = (): ((text: string) => number) => {
  const known = new Map<string, number>();
  return (text) => {
    const number = known.get(text);
    if (number !== undefined) return number;
    known.set(text, known.size);
    return known.size - 1;
  };
};

/** Labels by number: a direction's two ends are 3n and 3n + 1, and 3n + 2 has none. */
export const forward = (number: number): number => 3 * number;
export const symmetric = (number: number): number => 3 * number + 2;
/** The same edge from its other end. */
export const reverse = (label: number): number => {
  if (label % 3 === 2) return label;
  return label % 3 === 0 ? label + 1 : label - 1;
};

export const createGraph = (): GraphBuilder => {
  const labels: string[] = [];
  const edges: number[][] = [];
  const intern = createInterner();
  return {
    vertex: (label) => {
      edges.push([]);
      return labels.push(label) - 1;
    },
    edge: (from, to, label) => {
      const number = forward(intern(label));
      edges[from]!.push(number, to);
      edges[to]!.push(reverse(number), from);
    },
    tie: (a, b, label) => {
      const number = symmetric(intern(label));
      edges[a]!.push(number, b);
      edges[b]!.push(number, a);
    },
    graph: () => ({ labels, edges }),
  };
};
