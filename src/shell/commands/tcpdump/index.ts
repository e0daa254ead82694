import { failed, printed, type SimulatedCommand } from '../../command.ts';
import { readHosts } from '../../names.ts';
import { runProcess } from '../../process.ts';
import { startCapture } from './capture.ts';
import { chooseSource, listText, maskOf } from './devices.ts';
import { readFilter } from './filter.ts';
import { readOptions } from './options.ts';
import { styleOf } from './style.ts';

const SILENT = 'hairpin: tcpdump stopped, since nothing came any more and no one can press Ctrl-C\n';

/** tcpdump 4.99.3, as far as its output goes. */
export const tcpdump: SimulatedCommand = {
  name: 'tcpdump',
  run: async (invocation) => {
    const { args, place, simulation, wait } = invocation;
    const read = readOptions(args);
    if (!read.ok) return read.error;
    const options = read.value;
    const network = simulation.network();
    if (options.list) return printed(listText(network, place));
    const hosts = await readHosts(invocation);
    const source = chooseSource(network, place, options.device);
    if (!source.ok) return failed(`tcpdump: ${source.error}\n`, 1);
    const cookedLine = source.value.cooked ? 'tcpdump: data link type LINUX_SLL2\n' : '';
    const { cooked } = source.value;
    const filter = readFilter(options.filter, { hosts, cooked, mask: maskOf(source.value) });
    if (!filter.ok) return failed(`${cookedLine}tcpdump: ${filter.error}\n`, 1);
    const capture = startCapture(source.value, filter.value, styleOf(options, hosts), place, simulation);
    const output = await runProcess(capture, wait);
    return capture.isSilent() ? { ...output, stderr: output.stderr + SILENT } : output;
  },
};
