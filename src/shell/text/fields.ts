import { assertNever } from '../../base/assert-never.ts';
import { type Json, type JsonObject, jsonText } from './json.ts';

/** What colours a part of the text: iproute2's palette for a light background (lib/color.c). */
export type Colour = 'name' | 'mac' | 'inet' | 'inet6' | 'up' | 'down';

/**
 * One thing that a record says. The text of a record is that of its fields, one behind the other; its JSON is an
 * object of those that have a key. So each is said once, and the two can never disagree.
 */
export type Field =
  | { readonly kind: 'text'; readonly text: string; readonly colour?: Colour | undefined }
  | { readonly kind: 'break' }
  | {
      readonly kind: 'value';
      readonly key: string;
      readonly json: Json;
      readonly text: string;
      readonly colour?: Colour | undefined;
    }
  | { readonly kind: 'object'; readonly key: string; readonly fields: readonly Field[] }
  | { readonly kind: 'list'; readonly key: string; readonly rows: readonly (readonly Field[])[] };

/** A part that only people see. */
export const text = (words: string, colour?: Colour): Field => ({ kind: 'text', text: words, colour });
/** A part that only programs see. */
export const data = (key: string, json: Json): Field => ({ kind: 'value', key, json, text: '' });
export const value = (key: string, json: Json, words: string, colour?: Colour): Field => ({
  kind: 'value',
  key,
  json,
  text: words,
  colour,
});
/** `mtu 1500 `: the label, which is the key unless said otherwise, and the value. */
export const named = (key: string, json: string | number, label = key): Field => value(key, json, `${label} ${json} `);
/** `hairpin off `, and `"hairpin":false`. */
export const onOff = (key: string, on: boolean): Field => value(key, on, `${key} ${on ? 'on' : 'off'} `);
/** A word that is there or not. */
export const mark = (key: string, words = `${key} `): Field => value(key, true, words);
export const object = (key: string, fields: readonly Field[]): Field => ({ kind: 'object', key, fields });
export const list = (key: string, rows: readonly (readonly Field[])[]): Field => ({ kind: 'list', key, rows });
/** A new line, which `-oneline` turns into a backslash. */
export const BREAK: Field = { kind: 'break' };
/** The end of a record, a new line whatever the options. */
export const END: Field = text('\n');

export type Style = {
  readonly json: boolean;
  readonly pretty: boolean;
  readonly oneline: boolean;
  readonly color: boolean;
};

const ESCAPES: Readonly<Record<Colour, string>> = {
  name: '36',
  mac: '33',
  inet: '35',
  inet6: '34',
  up: '32',
  down: '31',
};

const coloured = (words: string, colour: Colour | undefined, style: Style): string =>
  style.color && colour !== undefined ? `\x1b[${ESCAPES[colour]}m${words}\x1b[0m` : words;

const fieldText = (field: Field, style: Style): string => {
  switch (field.kind) {
    case 'text':
    case 'value':
      return coloured(field.text, field.colour, style);
    case 'break':
      return style.oneline ? '\\' : '\n';
    case 'object':
      return recordText(field.fields, style);
    case 'list':
      return field.rows.map((row) => recordText(row, style)).join('');
    default:
      return assertNever(field);
  }
};

export const recordText = (fields: readonly Field[], style: Style): string =>
  fields.map((field) => fieldText(field, style)).join('');

const fieldJson = (field: Field): readonly (readonly [string, Json])[] => {
  switch (field.kind) {
    case 'text':
    case 'break':
      return [];
    case 'value':
      return [[field.key, field.json]];
    case 'object':
      return [[field.key, recordJson(field.fields)]];
    case 'list':
      return [[field.key, field.rows.map(recordJson)]];
    default:
      return assertNever(field);
  }
};

const recordJson = (fields: readonly Field[]): JsonObject => Object.fromEntries(fields.flatMap(fieldJson));

/** What a command that lists records prints, as the options want it. */
export const print = (records: readonly (readonly Field[])[], style: Style): string =>
  style.json
    ? `${jsonText(records.map(recordJson), style.pretty)}\n`
    : records.map((record) => recordText(record, style)).join('');
