import { assertNever } from '../../base/assert-never.ts';
import { parseMac } from '../../model/mac.ts';
import type { KindOptions, SourceListChange } from '../../model/operation.ts';
import { BRIDGE_WORDS, inverse } from '../phrases/settings.ts';
import type { Entry } from './entries.ts';
import { isOn, parsed, type Reading } from './reading.ts';
import type { SpecOf } from './schema.ts';

type StackedSpec = SpecOf<'vlan' | 'macvlan' | 'macvtap' | 'ipvlan' | 'ipvtap'>;

export const stackedOptions = (reading: Reading, { path }: Entry, spec: StackedSpec): KindOptions => {
  switch (spec.kind) {
    case 'vlan':
      return { kind: 'vlan', vid: spec.id, ...(spec.protocol === undefined ? {} : { protocol: spec.protocol }) };
    case 'ipvlan':
    case 'ipvtap':
      // Without a word the flag would stay as an older sibling left it.
      return { kind: spec.kind, mode: spec.mode ?? 'l3', flag: spec.flag ?? 'bridge' };
    case 'macvlan':
    case 'macvtap': {
      const { kind, mode, sources, bcqueuelen: bcQueueLength, bclim: bcLimit } = spec;
      const flags = { nopromisc: isOn(spec.nopromisc ?? false), nodst: isOn(spec.nodst ?? false) };
      return {
        kind,
        ...(mode === undefined ? {} : { mode }),
        ...(flags.nopromisc || flags.nodst ? { flags } : {}),
        ...(sources ? { sources: sourcesOf(reading, sources, [...path, 'sources']) } : {}),
        ...(bcQueueLength === undefined ? {} : { bcQueueLength }),
        ...(bcLimit === undefined ? {} : { bcLimit }),
      };
    }
    default:
      return assertNever(spec);
  }
};

const sourcesOf = (reading: Reading, texts: readonly string[], path: Entry['path']): SourceListChange => {
  const macs = texts.flatMap((text, i) => parsed(reading, parseMac(text), [...path, i]) ?? []);
  return { change: 'set', macs };
};

const BRIDGE_KEYS: Readonly<Record<string, string>> = inverse(BRIDGE_WORDS);

export const settingsOf = (spec: SpecOf<'bridge'>): object =>
  Object.fromEntries(
    Object.entries(spec).flatMap(([word, value]) => {
      const key = Object.hasOwn(BRIDGE_KEYS, word) ? BRIDGE_KEYS[word] : undefined;
      if (key === undefined || value === undefined) return [];
      return [[key, typeof value === 'number' ? value : isOn(value as boolean | 'on' | 'off')]];
    }),
  );
