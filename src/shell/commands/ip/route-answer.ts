import type { RouteAnswer } from '../../../engine/simulation.ts';
import type { Ip } from '../../../model/ip.ts';
import { BREAK, END, type Field, named, value } from '../../text/fields.ts';
import { tables } from './route-names.ts';
import { deviceFields, flagsField, gatewayFields, sourceFields } from './route-print.ts';

export type Asked = { readonly to: Ip; readonly from?: Ip; readonly mark: number; readonly uid: number };
type Way = Exclude<RouteAnswer, { readonly type: 'none' }>;

const FLAGS = { local: ['local'], broadcast: ['local', 'brd'], multicast: ['local', 'mc'], unicast: [] } as const;

const cacheFields = ({ type, redirectedFor }: Way): readonly Field[] => {
  const flags = [...FLAGS[type], ...(redirectedFor === undefined ? [] : ['redirected'])];
  return [
    BREAK,
    value('cache', flags, flags.length === 0 ? '    cache ' : `    cache <${flags.join(',')}> `),
    ...(redirectedFor === undefined ? [] : [value('expires', redirectedFor, `expires ${redirectedFor}sec `)]),
  ];
};

const markText = (mark: number): string => (mark >= 16 ? `0x${mark.toString(16)}` : String(mark));

/** What `ip route get` prints: the way as a route, and below it what kind of packet it is for. */
export const answerFields = ({ to, from, mark, uid }: Asked, way: Way): readonly Field[] => {
  const { type, device, gateway, source, table } = way;
  return [
    ...(type === 'unicast' ? [] : [value('type', type, `${type} `)]),
    value('dst', to, `${to} `, 'inet'),
    ...(from === undefined ? [] : [value('from', from, `from ${from} `, 'inet')]),
    ...gatewayFields({ family: 4, ...(gateway !== undefined && { via: gateway }) }),
    ...deviceFields('dev', device),
    ...(typeof table === 'number' ? [named('table', tables.text(table))] : []),
    ...(source === undefined || from !== undefined ? [] : sourceFields(source)),
    // The kernel marks what it made up itself for a group of hosts, and iproute2 6.1 takes that for a flag of offloading.
    flagsField(type === 'multicast' ? ['rt_offload_failed'] : []),
    ...(mark === 0 ? [] : [value('mark', mark, `mark ${markText(mark)} `)]),
    named('uid', uid),
    ...cacheFields(way),
    END,
  ];
};
