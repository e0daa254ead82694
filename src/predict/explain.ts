import type { Event } from '../engine/event.ts';
import type { Simulation } from '../engine/simulation.ts';
import type { Network } from '../model/network.ts';
import { createAsker } from './ask.ts';
import type { Endpoint } from './endpoint.ts';
import { type HopText, hopText } from './hop-words.ts';
import { hopsIn } from './hops.ts';
import { type Answer, isReached, outcomeCode, type Probe } from './outcome.ts';
import { askPing } from './probes/ping.ts';

/** One question, its answer, and how the answer came about. */
export type Explanation = {
  readonly network: Network;
  readonly probe: Probe;
  readonly from: Endpoint;
  readonly to: Endpoint;
  readonly answer: Answer;
  /** The same question asked the other way round. */
  readonly reverse: Answer;
  /** The same question after the other has spoken first, where that makes a difference. */
  readonly afterReverse?: Answer;
  readonly hops: readonly HopText[];
  readonly events: readonly Event[];
};

export const explain = (network: Network, from: Endpoint, to: Endpoint, probe: Probe): Explanation => {
  const asker = createAsker(network);
  const answer = asker.ask(from, to, probe);
  const events = asker.events();
  const reverse = asker.ask(to, from, probe);
  const before = (simulation: Simulation): void => {
    askPing(simulation, to, from, { events: () => [], stormed: () => false });
  };
  const warm = createAsker(network, { before }).ask(from, to, probe);
  const differs = outcomeCode(warm.outcome) !== outcomeCode(answer.outcome);
  return {
    network,
    probe,
    from,
    to,
    answer,
    reverse,
    ...(differs && { afterReverse: warm }),
    hops: hopsIn(events).map((hop) => hopText(network, hop)),
    events,
  };
};

/** What the order of things, or their direction, has to do with it: a sentence each. */
export const remarksOn = ({ from, to, answer, reverse, afterReverse }: Explanation): readonly string[] => {
  const reached = isReached(answer.outcome);
  const remarks: string[] = [];
  if (isReached(reverse.outcome) !== reached)
    remarks.push(`The other way round it ${reached ? 'does not work' : 'works'}: from ${to.name} to ${from.name}.`);
  if (afterReverse && isReached(afterReverse.outcome) !== reached)
    remarks.push(
      reached
        ? `It no longer works after ${to.name} has spoken first: what is learned then leads astray.`
        : `It works after ${to.name} has spoken first: then the addresses are already known.`,
    );
  return remarks;
};
