import type { Network } from '../model/network.ts';
import { describe } from './alike/describe.ts';
import { orbitsOf } from './alike/orbits.ts';
import { createAsker } from './ask.ts';
import { canAsk, type Endpoint, endpointsOf } from './endpoint.ts';
import { groupedBy } from './grouped.ts';
import type { Answer, Probe } from './outcome.ts';

/** All pairs that a symmetry of the network carries onto one another, and what came of the one that was asked. */
export type PairClass = {
  readonly from: Endpoint;
  readonly to: Endpoint;
  readonly pairs: number;
  readonly answer: Answer;
};

/** What asking cost. */
export type Work = {
  readonly endpoints: number;
  readonly kinds: number;
  readonly pairs: number;
  readonly simulated: number;
  /** Frame copies that came in anywhere. */
  readonly frames: number;
};

/** Everyone to everyone, held as classes: a cell is looked up, never stored. */
export type Matrix = {
  readonly network: Network;
  readonly probe: Probe;
  readonly endpoints: readonly Endpoint[];
  readonly classes: readonly PairClass[];
  /** Undefined on the diagonal, and between families: nobody asks that. */
  readonly cell: (from: number, to: number) => Answer | undefined;
  readonly work: Work;
};

export type MatrixOptions = {
  readonly probe?: Probe;
  /** Asks every pair, however alike. */
  readonly brute?: boolean;
  readonly onProgress?: (done: number, total: number) => void;
};

type Found = { readonly key: string; readonly from: number; readonly to: number; readonly pairs: number };

/** Which pairs are alike, by a text. */
type Alike = { readonly kindOf: (endpoint: number) => number; readonly keyOf: (from: number, to: number) => string };

const alikeIn = (network: Network, endpoints: readonly Endpoint[]): Alike => {
  const { graph, vertexOf } = describe(network);
  const { kindOf, pairKind } = orbitsOf(graph);
  const vertices = endpoints.map(vertexOf);
  return {
    kindOf: (endpoint) => kindOf(vertices[endpoint]!),
    keyOf: (from, to) => pairKind(vertices[from]!, vertices[to]!),
  };
};

const ALL_DIFFERENT: Alike = { kindOf: (endpoint) => endpoint, keyOf: (from, to) => `${from} ${to}` };

export const predictMatrix = (network: Network, options: MatrixOptions = {}): Matrix => {
  const { probe = 'ping', brute = false, onProgress } = options;
  const endpoints = endpointsOf(network);
  const alike = brute ? ALL_DIFFERENT : alikeIn(network, endpoints);
  const asked = (from: number, to: number): boolean => canAsk(endpoints[from]!, endpoints[to]!, probe);
  const members = groupedBy(endpoints.keys(), alike.kindOf);
  const found = [...members.values()].flatMap((kind) => pairsOf(kind, endpoints, alike, asked));
  const asker = createAsker(network);
  const answers = new Map<string, Answer>();
  const singly = new Map<number, Answer>();
  const classes: PairClass[] = [];
  const ask = (from: number, to: number): Answer => asker.ask(endpoints[from]!, endpoints[to]!, probe);
  for (const [done, { key, from, to, pairs }] of found.entries()) {
    onProgress?.(done, found.length);
    const answer = ask(from, to);
    if (!answer.raced || pairs === 1) {
      answers.set(key, answer);
      classes.push({ from: endpoints[from]!, to: endpoints[to]!, pairs, answer });
      continue;
    }
    // Who comes first in a list may matter here, and symmetries do not look at that: each pair speaks for itself.
    for (const a of members.get(alike.kindOf(from))!)
      for (let b = 0; b < endpoints.length; b++) {
        if (!asked(a, b) || alike.keyOf(a, b) !== key) continue;
        const own = ask(a, b);
        singly.set(a * endpoints.length + b, own);
        classes.push({ from: endpoints[a]!, to: endpoints[b]!, pairs: 1, answer: own });
      }
  }
  return {
    network,
    probe,
    endpoints,
    classes,
    cell: (from, to) =>
      asked(from, to) ? (singly.get(from * endpoints.length + to) ?? answers.get(alike.keyOf(from, to))) : undefined,
    work: {
      endpoints: endpoints.length,
      kinds: members.size,
      pairs: classes.reduce((sum, { pairs }) => sum + pairs, 0),
      simulated: asker.asked(),
      frames: asker.frames(),
    },
  };
};

/** The first of its kind speaks for all of them: each kind of pair that it is in, once. */
const pairsOf = (
  kind: readonly number[],
  endpoints: readonly Endpoint[],
  { keyOf }: Alike,
  asked: (from: number, to: number) => boolean,
): readonly Found[] => {
  const from = kind[0]!;
  const found = new Map<string, { key: string; from: number; to: number; pairs: number }>();
  for (const to of endpoints.keys()) {
    if (!asked(from, to)) continue;
    const key = keyOf(from, to);
    const known = found.get(key);
    if (known) known.pairs += kind.length;
    else found.set(key, { key, from, to, pairs: kind.length });
  }
  return [...found.values()];
};
