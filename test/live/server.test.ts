import { describe, expect, it } from 'vitest';
import { type AppOptions, createApp } from '../../src/live/server/app.ts';

const HOST = '127.0.0.1:8700';
const never = new Promise<never>(() => {});
const options: AppOptions = {
  ...{ token: 'secret', hosts: [HOST] },
  verify: async ({ lab, onProgress }) => {
    onProgress({ lab: lab.name, done: 1, total: 1, what: lab.text });
    return { kind: 'cannot', lab: lab.name, missing: { what: 'Nothing is here.', remedy: 'Get it.' } };
  },
  capabilities: async () => ({}),
};
const headers = { host: HOST, authorization: 'Bearer secret', 'content-type': 'application/json' };
const ask = (app: ReturnType<typeof createApp>, body: string, change: Record<string, string> = {}) =>
  app.request('/api/verify', { method: 'POST', body, headers: { ...headers, ...change } });

describe('the server', () => {
  const app = createApp(options);

  it('tells how far it is, and then the verdict', async () => {
    const answer = await ask(app, JSON.stringify({ script: 'ip link' }));
    expect(answer.headers.get('content-type')).toMatch(/^text\/event-stream/);
    expect((await answer.text()).split('\n').filter(Boolean)).toEqual([
      'event: progress',
      'data: {"lab":"script","done":1,"total":1,"what":"ip link"}',
      'event: verdict',
      'data: {"lab":"script","verdict":"cannot","what":"Nothing is here.","remedy":"Get it."}',
    ]);
  });

  it('does nothing for who has not the token', async () => {
    for (const authorization of ['', 'Bearer ', 'Bearer secrets', 'Basic secret'])
      expect((await ask(app, '{"script":""}', { authorization })).status).toBe(401);
  });

  it('does nothing for another page, nor under another name', async () => {
    for (const change of [
      { host: 'evil.example:8700' },
      { host: '' },
      { origin: 'http://evil.example' },
      { origin: 'null' },
    ])
      expect((await ask(app, '{"script":""}', change as Record<string, string>)).status).toBe(403);
    expect((await ask(app, '{"script":""}', { origin: `http://${HOST}` })).status).toBe(200);
    expect((await app.request('/', { headers: { host: 'evil.example' } })).status).toBe(403);
  });

  it('takes JSON of one shape only, and says what is wrong with another', async () => {
    for (const body of ['', 'nonsense', '[]', '{}', '{"script":1}', '{"script":"","command":"reboot"}'])
      expect((await ask(app, body)).status).toBe(400);
    const wrong = await ask(app, JSON.stringify({ script: '', model: 'machines: 5' }));
    expect([wrong.status, await wrong.text()]).toEqual([400, expect.stringMatching(/^model:1:/)]);
    expect((await ask(app, '{"script":""}', { 'content-type': 'text/plain' })).status).toBe(415);
  });

  it('takes no more than a lab needs', async () => {
    expect((await ask(app, JSON.stringify({ script: '#'.repeat(300 * 1024) }))).status).toBe(413);
  });

  it('runs two labs at once and no more', async () => {
    const busy = createApp({ ...options, verify: () => never });
    const answers = [await ask(busy, '{"script":""}'), await ask(busy, '{"script":""}')];
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect((await ask(busy, '{"script":""}')).status).toBe(429);
    for (const answer of answers) await answer.body?.cancel();
  });

  it('ends the work of who has gone, and has room again', async () => {
    let ended = false;
    const patient = createApp({
      ...options,
      verify: ({ signal, lab }) =>
        new Promise((resolve) => {
          signal.addEventListener('abort', () => {
            ended = true;
            resolve({ kind: 'broken', lab: lab.name, why: 'It was interrupted.' });
          });
        }),
    });
    for (let turn = 0; turn < 4; turn++) await (await ask(patient, '{"script":""}')).body?.cancel();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(ended).toBe(true);
    expect((await ask(patient, '{"script":""}')).status).toBe(200);
  });

  it('says how to get the page where it has not been built', async () => {
    const answer = await app.request('/', { headers: { host: HOST } });
    expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining('npm run')]);
  });
});
