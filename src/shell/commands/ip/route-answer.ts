import type { Result } from '../../../base/result.ts';
import type { Ip } from '../../../model/ip.ts';
import type { Place, Route, RouteTable, RouteType } from '../../../model/network.ts';
import type { Errno } from '../../../model/refusal.ts';
import { BREAK, END, type Field, named, text, value } from '../../text/fields.ts';
import { tables } from './route-names.ts';
import { deviceFields, flagsField, gatewayFields, sourceFields } from './route-print.ts';

/** What `ip route get` asks of a namespace: the way out, or with `input` what is done with a packet that came in there. */
export type RouteQuery = {
  readonly destination: Ip;
  readonly source?: Ip;
  /** The device that it must leave by (`oif`). */
  readonly device?: string;
  /** The device that it came in by (`iif`). */
  readonly input?: string;
};

export type RouteAnswer = {
  readonly type: Extract<RouteType, 'unicast' | 'local' | 'broadcast' | 'multicast'>;
  readonly device: string;
  readonly via?: Ip;
  /** The source address in use; absent for a packet that has one. */
  readonly source?: Ip;
  readonly table: RouteTable;
  /** The entry that decided, unless none did and the destination is taken to be on the link. */
  readonly route?: Route;
  /** Forwarding it would make us tell the sender of a better way. */
  readonly redirect?: boolean;
  /** A redirect led here. */
  readonly redirected?: boolean;
};
/** Looks a route up (net/ipv4/route.c:inet_rtm_getroute). */
export type RouteGet = (at: Place, query: RouteQuery) => Result<RouteAnswer, Errno>;

type Asker = { readonly mark: number; readonly uid: number };

const FLAGS = { local: ['local'], broadcast: ['local', 'brd'], multicast: ['local', 'mc'], unicast: [] } as const;

const cacheFlags = ({ type, redirected, redirect }: RouteAnswer): readonly string[] => [
  ...FLAGS[type],
  ...(redirected ? ['redirected'] : []),
  ...(redirect ? ['redirect'] : []),
];

const cacheFields = (flags: readonly string[]): readonly Field[] => [
  BREAK,
  value('cache', flags, flags.length === 0 ? '    cache ' : `    cache <${flags.join(',')}> `),
];

/** What `ip route get` prints: the answer as a route, and below it what kind of packet it is for. */
export const answerFields = (question: Asker, query: RouteQuery, answer: RouteAnswer): readonly Field[] => {
  const { type, device, via, source, table } = answer;
  const from = query.source;
  const mark = question.mark >= 16 ? `0x${question.mark.toString(16)}` : String(question.mark);
  return [
    ...(type === 'unicast' ? [] : [value('type', type, `${type} `)]),
    value('dst', query.destination, `${query.destination} `, 'inet'),
    ...(from === undefined ? [] : [text('from '), value('from', from, `${from} `, 'inet')]),
    ...gatewayFields({ family: 4, ...(via !== undefined && { via }) }),
    ...deviceFields('dev', device),
    ...(table === 'main' || table === 'local' ? [] : [named('table', tables.text(table))]),
    ...(source === undefined || from !== undefined ? [] : sourceFields(source)),
    flagsField([]),
    ...(question.mark === 0 ? [] : [value('mark', question.mark, `mark ${mark} `)]),
    ...(query.input === undefined ? [named('uid', question.uid)] : []),
    ...cacheFields(cacheFlags(answer)),
    ...(query.input === undefined ? [] : deviceFields('iif', query.input)),
    END,
  ];
};
