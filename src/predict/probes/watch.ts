import type { Event } from '../../engine/event.ts';

/** What is seen while a question is on its way. */
export type Watch = { readonly events: () => readonly Event[]; readonly stormed: () => boolean };
