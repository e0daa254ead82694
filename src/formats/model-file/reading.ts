import type { Result } from '../../base/result.ts';
import { type Mac, parseMac } from '../../model/mac.ts';
import type { Operation } from '../../model/operation.ts';
import { type Errno, type Refusal, refusalLine } from '../../model/refusal.ts';
import { type Builder, build } from '../builder.ts';
import { commandOf } from '../script/command.ts';
import type { Path, Which } from './document.ts';

/** A model file on its way to a network. */
export type Reading = {
  readonly builder: Builder;
  readonly complain: (path: Path, which: Which, message: string, remedy?: string) => void;
  /** Devices and namespaces that could not be made: what follows from that is not said again. */
  readonly absent: Set<string>;
};

/** Carries an operation out, or says at its place in the file why it cannot be. */
export const carryOut = (reading: Reading, operation: Operation, path: Path, which: Which = 'value'): boolean => {
  const refusal = build(reading.builder, operation);
  if (!refusal) return true;
  if (!isConsequence(reading, refusal)) reading.complain(path, which, wording(operation, refusal), remedyFor(refusal));
  return false;
};

const isConsequence = ({ absent }: Reading, refusal: Refusal): boolean => {
  if (refusal.by === 'no-device') return absent.has(refusal.device);
  return refusal.by === 'no-namespace' && absent.has(refusal.namespace);
};

const wording = (operation: Operation, refusal: Refusal): string => {
  const line = refusalLine(refusal).replace(/^(RTNETLINK answers|Error): /, '');
  const said = `${line.replace(/\.$/, '')}.`;
  const command = commandOf(operation);
  return command.startsWith('#') ? said : `The kernel refuses \`${command}\`: ${said}`;
};

const REMEDIES: Readonly<Partial<Record<Errno, string>>> = {
  EBUSY: 'A device has one owner: it is a bridge port, or has macvlan children, or ipvlan children.',
  EADDRINUSE: 'Give one of them another address.',
  ENETUNREACH: 'A gateway must be in the subnet of a device that is up.',
  EADDRNOTAVAIL: 'An address of a device is neither zero nor a group address, whose first byte is odd.',
};
const remedyFor = (refusal: Refusal): string | undefined =>
  refusal.by === 'kernel' ? REMEDIES[refusal.errno] : undefined;

/** What was read, or nothing once the complaint is made. */
export const parsed = <T>(reading: Reading, result: Result<T, string>, path: Path): T | undefined => {
  if (result.ok) return result.value;
  reading.complain(path, 'value', /[.?]$/.test(result.error) ? result.error : `${result.error}.`);
  return undefined;
};

export const macAt = (reading: Reading, text: string | undefined, path: Path): Mac | undefined =>
  text === undefined ? undefined : parsed(reading, parseMac(text), path);

export const isOn = (value: boolean | 'on' | 'off'): boolean => value === true || value === 'on';

/** One, or a list, each with the path that leads to it. */
export const listed = (
  value: string | readonly string[] | undefined,
  path: Path,
): readonly (readonly [string, Path])[] => {
  if (value === undefined) return [];
  return typeof value === 'string' ? [[value, path]] : value.map((item, i) => [item, [...path, i]]);
};
