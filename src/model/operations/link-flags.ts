import type { DeviceId } from '../device.ts';
import { changeDevice, deviceOf, type Edit } from '../edit.ts';
import { forgetNeighbours } from '../inet4.ts';
import type { Verdict } from '../kinds/kind.ts';
import { close, open } from '../lifecycle.ts';
import type { LinkAttributes } from '../operation.ts';

/** net/core/dev.c:__dev_change_flags; a change of NOARP makes neighbours forgotten. */
export const setFlags = (edit: Edit, id: DeviceId, flags: LinkAttributes): Verdict => {
  const { up, noarp, promisc, allmulti, multicast } = flags;
  const before = deviceOf(edit, id);
  changeDevice(edit, before, (draft) => {
    draft.noarp = noarp ?? draft.noarp;
    draft.promisc = promisc ?? draft.promisc;
    draft.allmulti = allmulti ?? draft.allmulti;
    draft.multicast = multicast ?? draft.multicast;
  });
  if (deviceOf(edit, id).noarp !== before.noarp) forgetNeighbours(edit, before, 'both');
  if (up === false) close(edit, id);
  return up ? open(edit, id) : undefined;
};
