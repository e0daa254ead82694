import { fail, ok } from '../../../../base/result.ts';
import { linkAttributes, readLink } from '../link-words.ts';
import { duplicate, said } from '../outcome.ts';
import type { Kind } from './kind.ts';

const USAGE = `Usage: ip link <options> type veth [peer <options>]
To get <options> type 'ip link add help'
`;

/** `peer` and then the same words that any new link has (ip/link_veth.c). */
const parse: Kind['parse'] = (_name, words, situation) => {
  // This one goes to stdout even where it is a complaint.
  if (words.next() !== 'peer') return fail({ ...said(USAGE), exit: 1 });
  const peer = readLink(words, situation);
  if (!peer.ok) return peer;
  if (peer.value.type !== undefined) return fail(duplicate('type', peer.value.type));
  const attributes = linkAttributes(peer.value);
  if (!attributes.ok) return attributes;
  const { name } = peer.value;
  return ok({ kind: { kind: 'veth', peer: { ...attributes.value, ...(name === undefined ? {} : { name }) } } });
};

export const veth: Kind = { names: ['veth'], parse, usage: () => USAGE };
