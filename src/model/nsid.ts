import type { NamespaceName } from './device.ts';
import { type Edit, namespaceOf, putNamespace } from './edit.ts';
import type { Namespace } from './network.ts';

/** The number by which a namespace calls another one, once it has one for it. */
export const nsidOf = ({ nsids }: Namespace, name: string): number | undefined =>
  nsids.find(({ namespace }) => namespace === name)?.id;

export const isNsidTaken = ({ nsids }: Namespace, id: number): boolean => nsids.some((one) => one.id === id);

const lowestFree = ({ nsids }: Namespace): number => {
  const taken = new Set(nsids.map(({ id }) => id));
  let id = 0;
  while (taken.has(id)) id++;
  return id;
};

/** Gives another namespace a number, unless it has one (net/core/net_namespace.c:peernet2id_alloc). */
export const allotNsid = (edit: Edit, from: NamespaceName, to: NamespaceName, id?: number): void => {
  const namespace = namespaceOf(edit, from);
  if (from === to || nsidOf(namespace, to) !== undefined) return;
  const nsids = [...namespace.nsids, { namespace: to, id: id ?? lowestFree(namespace) }];
  putNamespace(edit, { ...namespace, nsids });
};

export const withoutNsid = (namespace: Namespace, gone: string): Namespace => {
  if (nsidOf(namespace, gone) === undefined) return namespace;
  return { ...namespace, nsids: namespace.nsids.filter((one) => one.namespace !== gone) };
};
