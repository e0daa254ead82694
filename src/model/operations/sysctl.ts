import type { Edit } from '../edit.ts';
import type { Verdict } from '../kinds/kind.ts';
import type { OperationOf } from '../operation.ts';
import { writeSysctl } from '../sysctl-keys.ts';

/** `sysctl -w`, or a number written to a file under /proc/sys. */
export const sysctlSet = (edit: Edit, { at, key, value }: OperationOf<'sysctl.set'>): Verdict =>
  writeSysctl(edit, at.namespace, key, value);
