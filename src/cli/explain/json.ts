import type { Event, Spot } from '../../engine/event.ts';
import { frameSummary, ipText, macText } from '../../engine/frame.ts';
import type { Network } from '../../model/network.ts';
import { type Explanation, remarksOn } from '../../predict/explain.ts';
import { spotName } from '../../predict/hop-words.ts';
import { answerJson } from '../predict/json.ts';

/** An event with names and texts in place of numbers. */
const eventJson = (network: Network, event: Event): object => {
  const named: Record<string, unknown> = { ...event };
  const spot = (at: Spot): string => spotName(network, at);
  if ('at' in event) named['at'] = spot(event.at);
  if ('port' in event) named['port'] = spot(event.port);
  if ('mac' in event && event.mac !== undefined) named['mac'] = macText(event.mac);
  for (const key of ['ip', 'waitsFor', 'destination', 'gateway']) {
    const value = named[key];
    if (typeof value === 'number' || typeof value === 'bigint') named[key] = ipText(value);
  }
  if ('frame' in event) {
    const { src, dst, vlan } = event.frame;
    named['frame'] = { src: macText(src), dst: macText(dst), vlan, text: frameSummary(event.frame) };
  }
  return named;
};

export const explanationJson = (explanation: Explanation): string => {
  const { network, probe, from, to, answer, reverse, afterReverse, hops, events } = explanation;
  return `${JSON.stringify({
    probe,
    from: { name: from.name, address: from.address },
    to: { name: to.name, address: to.address },
    ...answerJson(network, answer),
    reverse: answerJson(network, reverse),
    ...(afterReverse && { afterReverse: answerJson(network, afterReverse) }),
    remarks: remarksOn(explanation),
    hops,
    trace: events.map((event) => eventJson(network, event)),
  })}\n`;
};
