import { fail, ok, type Result } from '../../../base/result.ts';
import type { Simulation } from '../../../engine/simulation.ts';
import type { Device } from '../../../model/device.ts';
import { findDevice } from '../../../model/find.ts';
import { ANY4, type Ip, isMulticastIp } from '../../../model/ip.ts';
import type { Place } from '../../../model/network.ts';
import { STRERROR } from '../../../model/refusal.ts';
import { failed, type Output } from '../../command.ts';
import { type Hosts, inetAton, resolve } from '../../names.ts';
import type { ArpingOptions } from './options.ts';

/** An arping that is ready to send. */
export type Session = {
  readonly options: ArpingOptions;
  readonly at: Place;
  readonly device: Device;
  readonly source: Ip;
  readonly target: Ip;
  readonly stdout: string;
};

const stop = (sentence: string, exit = 2) => fail(failed(`arping: ${sentence}\n`, exit));

/** The steps before the first packet (arping.c:main). */
export const open = (
  options: ArpingOptions,
  hosts: Hosts,
  at: Place,
  simulation: Simulation,
): Result<Session, Output> => {
  const resolved = resolve(hosts, options.target);
  if (!resolved.ok) return stop(`${options.target}: ${resolved.error}`);
  const target = resolved.value.ip;
  if (target.includes(':')) return stop(`${options.target}: Address family for hostname not supported`);
  const device = chooseDevice(options, target, at, simulation);
  if (!device.ok) return device;
  const source = chooseSource(options, target, device.value, at, simulation);
  if (!source.ok) return source;
  const stdout = options.quiet ? '' : `ARPING ${target} from ${source.value} ${device.value.name}\n`;
  if (options.source === undefined && source.value === ANY4 && !options.detect)
    return fail({ stdout, stderr: 'arping: no source address in not-DAD mode\n', exit: 2 });
  return ok({ options, at, device: device.value, source: source.value, target, stdout });
};

/** The device given, or the one that the route goes by (arping.c:guess_device, check_device). */
const chooseDevice = (
  { device: given, quiet, detect }: ArpingOptions,
  target: Ip,
  at: Place,
  simulation: Simulation,
): Result<Device, Output> => {
  let name = given;
  if (!name) {
    const route = simulation.routeGet(at, { to: target });
    if (route.type === 'none') return stop('NETLINK_ROUTE unexpected iov element', 1);
    name = route.device;
  }
  const found = findDevice(simulation.network(), at, name);
  if (!found.ok) return stop(`Device ${name} not available.`);
  const device = found.value;
  const told = (text: string, exit: number) => fail({ stdout: quiet ? '' : `${text}\n`, stderr: '', exit });
  if (!device.up) return told(`Interface "${name}" is down`, 2);
  if (device.noarp || device.kind === 'loopback') return told(`Interface "${name}" is not ARPable`, detect ? 0 : 2);
  return ok(device);
};

const chooseSource = (
  { source: given, unsolicited, detect }: ArpingOptions,
  target: Ip,
  device: Device,
  at: Place,
  simulation: Simulation,
): Result<Ip, Output> => {
  const source = given === undefined ? undefined : inetAton(given);
  if (given !== undefined && source === undefined) return stop(`invalid source ${given}`);
  const own = source ?? (!detect && unsolicited ? target : undefined);
  if (own !== undefined) return isBindable(simulation, at, own) ? ok(own) : stop(`bind: ${STRERROR.EADDRNOTAVAIL}`);
  if (detect) return ok(ANY4);
  const socket = simulation.icmpSocket({ at, device: device.name, receive: () => undefined });
  const found = socket.connect(target, { broadcast: false });
  socket.close();
  return 'errno' in found ? stop(`connect: ${STRERROR[found.errno]}`) : ok(found.source);
};

const isBindable = (simulation: Simulation, at: Place, ip: Ip): boolean => {
  if (ip === ANY4 || isMulticastIp(ip)) return true;
  const { type } = simulation.routeGet(at, { to: ip });
  return type === 'local' || type === 'broadcast';
};
