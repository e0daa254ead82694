import { SECOND, type Time } from '../../event.ts';
import type { Address6, Inet6, NetDev, World } from '../../world.ts';
import { LINK_SCOPE } from './address.ts';
import { reportListeners } from './listeners.ts';
import { sendProbe, solicitRouters } from './nd.ts';

/** The first probe waits a random part of this (rtr_solicit_delay); then the answer has so long (retrans_time). */
const START = SECOND;
const ANSWER = SECOND;
/** Routers are asked again after four seconds, then ever more seldom (addrconf.c: rtr_solicit_interval …). */
const FIRST_PAUSE = 4 * SECOND;
const LONGEST_PAUSE = 3600 * SECOND;

const nonceOf = (world: World): number => 1 + Math.floor(world.random() * (2 ** 48 - 1));

/** Takes an address into use, after asking whether it is free unless that is not wanted (addrconf.c:addrconf_dad_begin). */
export const startDad = (world: World, dev: NetDev, address: Address6): void => {
  const { inet6 } = dev;
  if (!inet6 || address.state !== 'new') return;
  if (dev.noarp || dev.loopback || address.nodad || !inet6.conf.acceptDad) return complete(world, dev, address);
  if (!inet6.ready) return;
  address.state = 'tentative';
  address.nonce = nonceOf(world);
  address.alarm = world.clock.after(Math.floor(START * world.random()), () => {
    sendProbe(world, dev, address.local, address.nonce);
    address.alarm = world.clock.after(ANSWER, () => complete(world, dev, address));
  });
};

/** Nobody else has it: it is ours (addrconf.c:addrconf_dad_completed). */
const complete = (world: World, dev: NetDev, address: Address6): void => {
  address.alarm = undefined;
  address.state = 'ready';
  const { inet6 } = dev;
  if (!inet6 || address.scope !== LINK_SCOPE || dev.loopback || !isOnly(inet6, address)) return;
  reportListeners(world, dev);
  if (inet6.conf.acceptRa) askRouters(world, dev, jittered(world, FIRST_PAUSE));
};

/** The first link-local address that can be used starts what needs one (addrconf.c:ipv6_lonely_lladdr). */
const isOnly = ({ addresses }: Inet6, address: Address6): boolean =>
  !addresses.some((one) => one !== address && one.scope === LINK_SCOPE && one.state === 'ready');

const jittered = (world: World, pause: Time): Time => Math.floor(pause * (0.9 + 0.2 * world.random()));

/** Asks for routers until one has advertised itself (addrconf.c:addrconf_rs_timer, RFC 7559). */
const askRouters = (world: World, dev: NetDev, pause: Time): void => {
  const { inet6 } = dev;
  if (!inet6?.ready || inet6.advertised) return;
  solicitRouters(world, dev);
  inet6.solicitation = world.clock.after(pause, () =>
    askRouters(world, dev, Math.min(jittered(world, 2 * pause), LONGEST_PAUSE)),
  );
};

/** Somebody else has the address: it is not used, and a person must decide (addrconf.c:addrconf_dad_failure). */
export const failDad = (world: World, address: Address6): void => {
  if (address.alarm) world.clock.cancel(address.alarm);
  address.alarm = undefined;
  address.state = 'duplicate';
};

/** The address is no longer there. */
export const forgetAddress = (world: World, address: Address6): void => {
  if (address.alarm) world.clock.cancel(address.alarm);
  address.alarm = undefined;
};
