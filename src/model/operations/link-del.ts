import type { Edit } from '../edit.ts';
import { findDevice } from '../find.ts';
import type { Verdict } from '../kinds/kind.ts';
import { release, remove } from '../lifecycle.ts';
import type { OperationOf } from '../operation.ts';
import { refuse } from '../refusal.ts';

/** `ip link del` (rtnetlink.c:rtnl_delete_link): only what a command made can a command remove. */
export const linkDel = (edit: Edit, { at, device: name }: OperationOf<'link.del'>): Verdict => {
  const found = findDevice(edit.network, at, name);
  if (!found.ok) return found.error;
  const { kind, id } = found.value;
  if (kind === 'loopback' || kind === 'nic') return refuse('EOPNOTSUPP');
  release(edit, id);
  remove(edit, id);
  return undefined;
};
