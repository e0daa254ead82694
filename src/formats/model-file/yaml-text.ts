import { Document, isMap, isScalar, isSeq, type Node, type Pair } from 'yaml';

const WIDTH = 110;

/** Data as YAML that reads well: what fits on a line is on one, the devices of a machine each on its own. */
export const yamlOf = (value: unknown): string => {
  const document = new Document(value, { aliasDuplicateObjects: false });
  if (document.contents) fold(document.contents as Node, []);
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
};

const SPREAD: ReadonlySet<string> = new Set([
  'machines',
  'namespaces',
  'devices',
  'routes',
  'neighbours',
  'cables',
  'fdb',
]);

/** Decides from below which collections stand on one line. */
const fold = (node: Node, path: readonly string[]): void => {
  if (isMap(node))
    for (const { key, value } of node.items as Pair<Node, Node>[]) if (value) fold(value, [...path, nameOf(key)]);
  if (isSeq(node)) for (const item of node.items as Node[]) fold(item, [...path, '']);
  if (!isMap(node) && !isSeq(node)) return;
  const isLeaf =
    path.length > 0 && !SPREAD.has(path.at(-1) ?? '') && !['machines', 'namespaces'].includes(path.at(-2) ?? '');
  node.flow = node.items.length === 0 || (isLeaf && JSON.stringify(node).length + 2 * path.length < WIDTH);
};

const nameOf = (key: Node): string => (isScalar(key) ? `${key.value}` : '');
