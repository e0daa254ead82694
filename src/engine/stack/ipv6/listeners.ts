import { SECOND } from '../../event.ts';
import type { NetDev, World } from '../../world.ts';
import { ALL_NODES, MLD_ROUTERS } from './address.ts';
import { sendOnLink } from './output.ts';
import { linkLocalOf } from './source.ts';

/** A change is reported at once and once more within a second (net/ipv6/mcast.c: mc_qrv, unsolicited_report_interval). */
const ROBUSTNESS = 2;
const INTERVAL = SECOND;

/** Reports the groups of a device to multicast routers (mcast.c:mld_send_cr, mld_newpack); all-nodes needs none. */
const report = (world: World, dev: NetDev): void => {
  const groups = [...(dev.inet6?.groups ?? [])].filter((group) => group !== ALL_NODES);
  if (groups.length === 0 || !dev.up) return;
  sendOnLink(world, dev, { src: linkLocalOf(dev), dst: MLD_ROUTERS, hopLimit: 1, body: { icmp: 'mld', groups } });
};

/** Listeners changed, or have an address to report from now (mcast.c:mld_ifc_event, ipv6_mc_dad_complete). */
export const reportListeners = (world: World, dev: NetDev, left = ROBUSTNESS): void => {
  const { inet6 } = dev;
  if (!inet6 || dev.loopback) return;
  if (inet6.reports) world.clock.cancel(inet6.reports);
  inet6.reports = undefined;
  report(world, dev);
  if (left <= 1) return;
  inet6.reports = world.clock.after(Math.floor(INTERVAL * world.random()), () => reportListeners(world, dev, left - 1));
};
