import { bridge } from './bridge.ts';
import { bridgeSlave } from './bridge-slave.ts';
import { dummy } from './dummy.ts';
import { ipvlan } from './ipvlan.ts';
import type { Kind } from './kind.ts';
import { macvlan } from './macvlan.ts';
import { veth } from './veth.ts';
import { vlan } from './vlan.ts';

const KINDS: readonly Kind[] = [bridge, bridgeSlave, dummy, ipvlan, macvlan, veth, vlan];

export const kindNamed = (name: string): Kind | undefined => KINDS.find(({ names }) => names.includes(name));

/** Kinds that iproute2 6.1 knows words of and that are no part of the model. */
const ELSEWHERE = new Set(
  (
    'amt bareudp bond bond_slave dsa erspan geneve gre gretap gtp ifb ip6erspan ip6gre ip6gretap ip6tnl ipip ipoib ' +
    'macsec netdevsim nlmon rmnet sit team team_slave tun vcan virt_wifi vrf vti vxcan vxlan wireguard wwan xfrm'
  ).split(' '),
);
export const isElsewhere = (name: string): boolean => ELSEWHERE.has(name);
