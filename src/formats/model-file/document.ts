import { isAlias, isMap, isScalar, LineCounter, type Node, type Pair, parseDocument } from 'yaml';
import { fail, ok, type Result } from '../../base/result.ts';
import type { Diagnostic } from '../diagnostic.ts';

/** The keys and list positions that lead from the top of a file to something in it. */
export type Path = readonly (string | number)[];
/** A mapping's entry is two things: its key, and what stands behind it. */
export type Which = 'key' | 'value';

export type YamlDocument = {
  readonly value: unknown;
  /** What to say about something in the document, with its place. */
  readonly diagnostic: (path: Path, which: Which, message: string, remedy?: string) => Diagnostic;
};

/** Nobody reads more of them, and each has to be looked up. */
export const MOST_DIAGNOSTICS = 100;
const MAX_CHARACTERS = 1_000_000;
const MAX_NODES = 100_000;
const MAX_DEPTH = 32;

type Place = (offset: number, message: string, remedy?: string) => Diagnostic;

/** Reads YAML with bounds on everything that a file could blow up. */
export const readDocument = (text: string, file: string): Result<YamlDocument, readonly Diagnostic[]> => {
  if (text.length > MAX_CHARACTERS)
    return fail([{ file, line: 1, column: 1, message: 'The file is larger than a million characters.' }]);
  const lines = new LineCounter();
  const place: Place = (offset, message, remedy) => {
    const { line, col } = lines.linePos(offset);
    const where = { file, line: Math.max(1, line), column: Math.max(1, col), message };
    return remedy === undefined ? where : { ...where, remedy };
  };
  const parsed = parse(text, lines);
  if (!parsed) return fail([place(0, `The file nests too deeply.`, `${MAX_DEPTH} levels are allowed.`)]);
  const complaints = [...parsed.errors, ...parsed.warnings];
  if (complaints.length > 0)
    return fail(complaints.slice(0, MOST_DIAGNOSTICS).map(({ pos, message }) => place(pos[0], sentence(message))));
  const walk: Walk = { place, nodes: 0, found: [], resolve: (node) => resolve(node, parsed) };
  const value = dataOf(parsed.contents, walk, 0);
  if (walk.found.length > 0) return fail(walk.found);
  return ok({
    value,
    diagnostic: (path, which, message, remedy) =>
      place(offsetOf(parsed.contents, path, which, walk.resolve), message, remedy),
  });
};

type Parsed = ReturnType<typeof parseDocument>;

/** The parser calls itself for each level, and a stack has an end. */
const parse = (text: string, lineCounter: LineCounter): Parsed | undefined => {
  try {
    return parseDocument(text, { lineCounter, prettyErrors: false, uniqueKeys: false, logLevel: 'silent' });
  } catch {
    return undefined;
  }
};

const sentence = (message: string): string => `${message.split('\n')[0]?.replace(/[.:]?$/, '') ?? ''}.`;

const resolve = (node: Node, parsed: Parsed): Node | undefined => (isAlias(node) ? node.resolve(parsed) : node);

type Walk = {
  readonly place: Place;
  readonly resolve: (node: Node) => Node | undefined;
  readonly found: Diagnostic[];
  nodes: number;
};

const complain = (walk: Walk, node: Node | null | undefined, message: string, remedy?: string): undefined => {
  if (walk.found.length < MOST_DIAGNOSTICS) walk.found.push(walk.place(node?.range?.[0] ?? 0, message, remedy));
  return undefined;
};

/** Plain data, with aliases followed. */
const dataOf = (node: Node | null, walk: Walk, depth: number): unknown => {
  if (!node) return null;
  walk.nodes++;
  if (walk.nodes === MAX_NODES) complain(walk, node, `The file has more than ${MAX_NODES} parts, aliases counted.`);
  if (walk.nodes >= MAX_NODES) return undefined;
  if (depth > MAX_DEPTH) return complain(walk, node, 'This nests too deeply.', `${MAX_DEPTH} levels are allowed.`);
  if (isScalar(node)) return node.value;
  if (isAlias(node)) return dataOf(walk.resolve(node) ?? null, walk, depth + 1);
  if (isMap(node)) return entriesOf(node.items, walk, depth);
  return (node as { items?: readonly Node[] }).items?.map((item) => dataOf(item, walk, depth + 1));
};

const entriesOf = (pairs: readonly Pair[], walk: Walk, depth: number): Record<string, unknown> => {
  const entries = new Map<string, unknown>();
  for (const { key, value } of pairs) {
    const name = nameOf(key);
    if (name === undefined) complain(walk, key as Node | null, 'A key must be a word.');
    else if (name === '__proto__') complain(walk, key as Node, '"__proto__" cannot be a name.', 'Choose another.');
    else if (entries.has(name))
      complain(walk, key as Node, `There is a "${name}" already.`, 'Remove or rename one of them.');
    else entries.set(name, dataOf(value as Node | null, walk, depth + 1));
  }
  return Object.fromEntries(entries);
};

/** A key as it is written, so that `1:` names a namespace 1. */
const nameOf = (key: unknown): string | undefined => {
  if (!isScalar(key)) return undefined;
  return typeof key.value === 'string' ? key.value : key.source;
};

const offsetOf = (top: Node | null, path: Path, which: Which, resolve: Walk['resolve']): number => {
  let node: Node | null | undefined = top;
  let key: Node | null | undefined = top;
  for (const step of path) {
    const whole: Node | undefined = node ? resolve(node) : undefined;
    const next: Child | undefined = whole && childOf(whole, step);
    if (!next) break;
    ({ key, node } = next);
  }
  const target = which === 'key' ? key : node;
  return target?.range?.[0] ?? key?.range?.[0] ?? 0;
};

type Child = { readonly key: Node | null; readonly node: Node | null };

const childOf = (node: Node, step: string | number): Child | undefined => {
  if (isMap(node)) {
    const pair = node.items.find(({ key }) => nameOf(key) === `${step}`);
    return pair && { key: pair.key as Node | null, node: (pair.value ?? pair.key) as Node | null };
  }
  const item = (node as { items?: readonly Node[] }).items?.[Number(step)];
  return item && { key: item, node: item };
};
