import type { Simulation } from '../../../src/engine/simulation.ts';
import { emptyWorld, type LabRecord, runLab } from '../../../src/shell/lab.ts';

/** Two hosts on a cable: h1 has 10.0.0.1, h2 has 10.0.0.2. */
export const TWO_HOSTS = `ip netns add h1
ip netns add h2
ip link add eth0 address 02:00:00:00:00:01 netns h1 type veth peer name eth0 address 02:00:00:00:00:02 netns h2
ip -n h1 link set lo up
ip -n h2 link set lo up
ip -n h1 link set eth0 up
ip -n h2 link set eth0 up
ip -n h1 addr add 10.0.0.1/24 brd + dev eth0
ip -n h2 addr add 10.0.0.2/24 brd + dev eth0
`;

export type Told = {
  readonly records: readonly LabRecord[];
  readonly last: LabRecord;
  readonly simulation: Simulation;
};

/** Runs a script, and answers what its commands said. */
export const tell = async (script: string): Promise<Told> => {
  const records: LabRecord[] = [];
  const { simulation } = await runLab({
    name: 'lab.sh',
    text: script,
    world: emptyWorld('', '6.1'),
    write: () => undefined,
    onCommand: (record) => records.push(record),
  });
  return { records, last: records.at(-1)!, simulation };
};

/** What the last command on h1 says, with the two hosts in place. */
export const onFirst = async (command: string): Promise<LabRecord> =>
  (await tell(`${TWO_HOSTS}ip netns exec h1 ${command}\n`)).last;

/** Takes out what differs from run to run: how long things took, the time of day, process and packet numbers. */
export const withoutTimes = (text: string): string =>
  text
    .replace(/time=[\d.]+ ms/g, 'time=T ms')
    .replace(/, time \d+ms/g, ', time Tms')
    .replace(/^rtt [^,\n]* ms/gm, 'rtt R ms')
    .replace(/ipg\/ewma [\d./]+ ms/g, 'ipg/ewma E ms')
    .replace(/ident=\d+/g, 'ident=N')
    .replace(/ {2}\d+\.\d{3}ms/g, '  Tms')
    .replace(/^\d\d:\d\d:\d\d\.\d{6}/gm, 'HH:MM:SS')
    .replace(/\bid \d+/g, 'id N');
