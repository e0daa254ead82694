import { fail, ok, type Result } from '../../../base/result.ts';
import type { LinkAttributes } from '../../../model/operation.ts';
import { refuse } from '../../../model/refusal.ts';
import { macOf } from './hardware.ts';
import type { Situation } from './kinds/kind.ts';
import { readersIn } from './link-readers.ts';
import type { LinkWords } from './link-said.ts';
import { deviceAt } from './lookup.ts';
import { ending, failure, noDevice, type Outcome, refused } from './outcome.ts';
import { readAll, type Words } from './words.ts';

/** Whatever the words say about the device to be made or to be changed, checked as iproute2 checks it. */
export const readLink = (words: Words, situation: Situation): Result<LinkWords, Outcome> => {
  const start: LinkWords = { attributes: {}, behind: [] };
  const read = readAll(readersIn(situation), start, words);
  if (!read.ok) return read;
  const state = read.value;
  const dev = state.dev ?? state.name;
  const name = state.name ?? dev;
  const named: LinkWords = { ...state, ...(dev === undefined ? {} : { dev }), ...(name === undefined ? {} : { name }) };
  const complaint = complaintAbout(named, situation);
  return complaint ? fail(complaint) : ok(named);
};

const complaintAbout = (state: LinkWords, { network, place, creating }: Situation): Outcome | undefined => {
  const { dev, name, attributes, address, behind, link } = state;
  const existing = dev === undefined ? undefined : deviceAt(network, place, dev);
  if (!creating && existing && address && address.length !== 6)
    return failure(`Invalid address length ${address.length} - must be 6 bytes\n`);
  if (attributes.ifindex !== undefined && !creating && attributes.netns === undefined)
    return ending('index can be used only when creating devices or when moving device to another netns.\n');
  if (attributes.group !== undefined && dev === undefined) {
    if (behind.length > 0) return ending(`Garbage instead of arguments "${behind[0]} ...". Try "ip link help".\n`);
    return creating ? ending('group cannot be used when creating devices.\n') : undefined;
  }
  if (creating && name !== dev) return ending('both "name" and "dev" cannot be used when creating devices.\n');
  if (creating) return link === undefined || deviceAt(network, place, link) ? undefined : noDevice(link);
  if (dev === undefined) return ending('Not enough information: "dev" argument is required.\n');
  return existing ? undefined : noDevice(dev);
};

/** The attributes with the hardware address among them; the kernel takes none that is not six bytes long. */
export const linkAttributes = ({ attributes, address }: LinkWords): Result<LinkAttributes, Outcome> => {
  if (address === undefined) return ok(attributes);
  const mac = macOf(address);
  return mac ? ok({ ...attributes, mac }) : fail(refused(refuse('EINVAL')));
};
