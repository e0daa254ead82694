import { writeFileSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { nearest } from '../base/nearest.ts';
import { fail, ok, type Result } from '../base/result.ts';
import { pcapng } from '../formats/pcapng.ts';
import { KERNELS, type KernelVersion, type Network } from '../model/network.ts';
import { canAsk, type Endpoint, endpointsCalled, endpointsOf } from '../predict/endpoint.ts';
import { explain } from '../predict/explain.ts';
import { isReached, PROBES, type Probe } from '../predict/outcome.ts';
import { exitCode } from './exit-code.ts';
import { explanationJson } from './explain/json.ts';
import { explanationText } from './explain/text.ts';
import { networkIn } from './predict/network.ts';

type Flags = {
  readonly probe: Probe;
  readonly on?: string;
  readonly kernel?: KernelVersion;
  readonly json?: boolean;
  readonly pcapng?: string;
};

const EXAMPLES = `
Examples:
  hairpin explain world.yaml c1 host              why c1 reaches the host, or why not
  hairpin explain --on world.yaml lab.sh c1 c2    after a script has configured that world
  hairpin explain world.yaml c1 gw@10.0.0.1       one of several addresses
  hairpin explain world.yaml c1 c2 --pcapng o.pcapng   and look at the frames in Wireshark

It exits 0 where it is reached, 1 where it is not.`;

export const define = (command: Command): void => {
  command
    .argument('<file>', 'a model, or a script that configures a network; - for standard input')
    .argument('<from>', 'who asks: a namespace, machine/namespace, or an address')
    .argument('<to>', 'who is asked')
    .addOption(new Option('--probe <what>', 'what one tries on the other').choices(PROBES).default('ping'))
    .addOption(new Option('--on <model>', 'start the script from the world in this model file'))
    .addOption(new Option('--json', 'print JSON, with the whole trace'))
    .addOption(new Option('--pcapng <out>', 'write the frames for Wireshark, one interface for each device'))
    .addOption(new Option('--kernel <version>', 'behave as this Linux').choices(KERNELS))
    .addHelpText('after', EXAMPLES)
    .action(async (file: string, from: string, to: string, flags: Flags) => {
      process.exitCode = await run(file, from, to, flags);
    });
};

const run = async (file: string, from: string, to: string, { probe, json, pcapng: out, ...options }: Flags) => {
  const network = await networkIn(file, options);
  const ends = network.ok ? endsIn(network.value, file, from, to, probe) : network;
  if (!network.ok || !ends.ok) {
    process.stderr.write(`${ends.ok ? '' : ends.error}\n`);
    return exitCode.usage;
  }
  const explanation = explain(network.value, ...ends.value, probe);
  process.stdout.write(json ? explanationJson(explanation) : explanationText(explanation, process.stdout));
  const written = out === undefined ? true : write(out, pcapng(network.value, explanation.events));
  if (!written) return exitCode.usage;
  return isReached(explanation.answer.outcome) ? exitCode.ok : exitCode.no;
};

const write = (file: string, bytes: Uint8Array): boolean => {
  try {
    writeFileSync(file, bytes);
    return true;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    process.stderr.write(`hairpin: ${file}: it cannot be written (${code}). Name another file.\n`);
    return false;
  }
};

/** The two ends, of one family; of several addresses the first that fits. */
const endsIn = (
  network: Network,
  file: string,
  from: string,
  to: string,
  probe: Probe,
): Result<readonly [Endpoint, Endpoint], string> => {
  const [froms, tos] = [endpointsCalled(network, from), endpointsCalled(network, to)];
  for (const [word, found] of [
    [from, froms],
    [to, tos],
  ] as const)
    if (found.length === 0) return fail(`hairpin: ${file}: ${unknownEnd(network, word)}`);
  for (const a of froms) for (const b of tos) if (canAsk(a, b, probe)) return ok([a, b]);
  return fail(`hairpin: ${file}: ${from} and ${to} have no two addresses that could ask each other.`);
};

const unknownEnd = (network: Network, word: string): string => {
  const names = endpointsOf(network).map(({ name }) => name);
  if (names.length === 0) return 'nobody here has an address, so there is nobody to ask.';
  const near = nearest(word, names);
  const hint =
    near === undefined
      ? `There are ${names.slice(0, 8).join(', ')}${names.length > 8 ? ', …' : ''}.`
      : `Did you mean ${near}?`;
  return `nobody here is called ${word} and has an address. ${hint}`;
};
