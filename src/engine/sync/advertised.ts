import type { Route as ModelRoute } from '../../model/network.ts';
import { sameRoute } from '../../model/route-table.ts';
import { ipText } from '../frame.ts';
import { scopeOf6 } from '../stack/ipv6/address.ts';
import { compileFib6 } from '../stack/ipv6/fib.ts';
import { addressOn } from '../stack/ipv6/source.ts';
import type { Address6, NetDev, World } from '../world.ts';
import { groupsOf, joinGroups, settleInet6 } from './inet6.ts';

export type Advertised = { readonly route: ModelRoute; readonly stays: boolean };

/** What a router says of routes is held here and not in the network, which is what people configured. */
export const adoptRoutes = ({ ns }: NetDev, advertised: readonly Advertised[]): void => {
  const { inet6 } = ns;
  for (const { route, stays } of advertised) {
    const others = inet6.advertised.filter((one) => !sameRoute(one, route));
    inet6.advertised = stays ? [...others, route] : others;
  }
  const deviceOf = (id: number): NetDev | undefined => ns.devices.find((dev) => dev.id === id);
  inet6.fib = compileFib6([...ns.namespace.routes, ...inet6.advertised], deviceOf);
};

/** An address in an advertised prefix: checked as any other, then in use (net/ipv6/addrconf.c:addrconf_prefix_rcv_add_addr). */
export const adoptAddress = (world: World, dev: NetDev, local: bigint): void => {
  const { inet6 } = dev;
  if (!inet6 || addressOn(dev, local)) return;
  const address: Address6 = {
    ...{ local, length: 64, scope: scopeOf6(local), nodad: false, advertised: true, deprecated: false },
    ...{ state: 'new', nonce: 0, alarm: undefined },
  };
  inet6.addresses = [address, ...inet6.addresses];
  inet6.groups = groupsOf(dev, inet6, dev.ns.namespace);
  joinGroups([...world.devices.values()].filter(({ spot }) => spot.machine === dev.spot.machine));
  dev.parent?.ipvlan?.byIp.set(local, dev);
  adoptRoutes(dev, [{ route: localRoute(dev, local), stays: true }]);
  settleInet6(world, dev);
};

const localRoute = ({ id }: NetDev, local: bigint): ModelRoute => ({
  ...{ family: 6, table: 'local', type: 'local', destination: ipText(local), length: 128, device: id },
  ...{ metric: 0, scope: 'global', protocol: 'kernel' },
});
