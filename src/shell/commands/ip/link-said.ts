import type { LinkAttributes } from '../../../model/operation.ts';

/** What `ip link add` and `ip link set` have in common (ip/iplink.c:iplink_parse). */
export type LinkWords = {
  readonly name?: string;
  readonly dev?: string;
  readonly link?: string;
  readonly address?: readonly number[];
  readonly attributes: LinkAttributes;
  readonly nomaster?: boolean;
  readonly carrier?: boolean;
  readonly protodown?: boolean;
  readonly queues?: { readonly tx?: number; readonly rx?: number };
  /** `link` is to be looked up in another namespace: `link-netns` or `link-netnsid`. */
  readonly linkElsewhere?: boolean;
  readonly type?: string;
  /** The words behind the type, which the kind understands. */
  readonly behind: readonly string[];
};
