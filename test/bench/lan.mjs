// @ts-check
// 100 stations on one switch, every ordered pair pings once, caches filled as they go.
import { performance } from 'node:perf_hooks';
import { applyAll, createSimulation, emptyNetwork } from '../../dist/lib/index.js';

const SECOND = 1_000_000_000;

/** @param {number} count */
export const lan = (count) => {
  const at = (namespace = '/') => ({ machine: 'host', namespace });
  const operations = [
    { op: 'netns.add', at: at(), name: 'sw' },
    { op: 'link.add', at: at('sw'), name: 'br0', options: { kind: 'bridge' } },
    { op: 'link.set', at: at('sw'), device: 'br0', changes: { up: true } },
  ];
  for (let i = 1; i <= count; i++) {
    const station = `s${i}`;
    operations.push(
      { op: 'netns.add', at: at(), name: station },
      {
        op: 'link.add',
        at: at(),
        name: 'eth0',
        options: { kind: 'veth', peer: { name: `p${i}`, netns: 'sw' } },
        attributes: { netns: station },
      },
      { op: 'link.set', at: at('sw'), device: `p${i}`, changes: { master: 'br0', up: true } },
      { op: 'link.set', at: at(station), device: 'eth0', changes: { up: true } },
      {
        op: 'addr.add',
        at: at(station),
        device: 'eth0',
        address: { address: `10.0.${i >> 8}.${i & 255}`, length: 16 },
      },
    );
  }
  const applied = applyAll(emptyNetwork(), /** @type {any} */ (operations));
  if (applied.refusal) throw new Error(`refused: ${JSON.stringify(applied.refusal)}`);
  return applied.network;
};

/** @param {number} count @param {boolean} listening */
export const pingAll = (count, listening) => {
  const network = lan(count);
  let events = 0;
  const simulation = createSimulation(network, listening ? { listener: () => void events++ } : {});
  let answered = 0;
  const started = performance.now();
  const addresses = Array.from({ length: count }, (_, i) => `10.0.${(i + 1) >> 8}.${(i + 1) & 255}`);
  for (let i = 1; i <= count; i++) {
    let got = 0;
    const socket = simulation.icmpSocket({
      at: /** @type {any} */ ({ machine: 'host', namespace: `s${i}` }),
      receive: ({ icmp }) => {
        if (icmp.icmp === 'echo-reply') got++;
      },
    });
    let sent = 0;
    for (const [j, to] of addresses.entries()) {
      if (j + 1 === i) continue;
      socket.send(/** @type {any} */ ({ to, ident: i, seq: 1, bytes: 56 }));
      sent++;
      simulation.runUntil(() => got === sent, simulation.now() + SECOND);
    }
    answered += got;
    socket.close();
  }
  const seconds = (performance.now() - started) / 1000;
  return { pings: count * (count - 1), answered, seconds, deliveries: simulation.deliveries(), events };
};

for (const count of [100, 100, 100]) {
  const { pings, answered, seconds, deliveries } = pingAll(count, false);
  if (answered !== pings) throw new Error(`${answered} of ${pings} pings were answered`);
  const perPing = (seconds / pings) * 1e6;
  console.log(
    `${count} stations, ${pings} pings: ${perPing.toFixed(1)} µs a ping, ${(deliveries / seconds / 1e6).toFixed(2)} million frame deliveries a second`,
  );
}
