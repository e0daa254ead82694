import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { secureHeaders } from 'hono/secure-headers';
import { streamSSE } from 'hono/streaming';
import type { BackendName, Capabilities } from '../backend.ts';
import { verdictJson } from '../report/json.ts';
import type { Progress, Verdict } from '../verify.ts';
import { onlyLocal, onlyWith } from './guard.ts';
import { type Question, readQuestion } from './question.ts';

export type Asked = Question & { readonly signal: AbortSignal; readonly onProgress: (progress: Progress) => void };

export type AppOptions = {
  readonly token: string;
  /** As browsers write them: `127.0.0.1:8080`. */
  readonly hosts: readonly string[];
  /** The page's folder, where it has been built. */
  readonly page?: string;
  readonly verify: (asked: Asked) => Promise<Verdict>;
  readonly capabilities: (signal: AbortSignal) => Promise<Readonly<Partial<Record<BackendName, Capabilities>>>>;
};

const LARGEST = 256 * 1024;
const AT_ONCE = 2;
/** Real seconds; a browser that goes away ends the work sooner. */
const LONGEST = 300;

const NO_PAGE = `hairpin serves its live backend here, and would serve the page, but it has not been built.
From a checkout of hairpin, run: npm run build:web
`;

/** The page, and the live backend for it. It offers no way to have anything done but what the simulator understands. */
export const createApp = (options: AppOptions): Hono => {
  const app = new Hono();
  let running = 0;

  app.use(onlyLocal(options.hosts));
  // It is plain HTTP, and stays on this machine.
  app.use(secureHeaders({ strictTransportSecurity: false }));
  app.use('/api/*', onlyWith(options.token));
  app.onError((_, context) => context.text('That was a mistake in hairpin itself.\n', 500));

  app.get('/api/capabilities', async (context) => context.json(await options.capabilities(context.req.raw.signal)));

  const limit = bodyLimit({
    maxSize: LARGEST,
    onError: (context) => context.text(`A lab may have ${LARGEST / 1024} KiB.\n`, 413),
  });
  app.post('/api/verify', limit, async (context) => {
    if (!/^application\/json\b/.test(context.req.header('content-type') ?? ''))
      return context.text('Send it as application/json.\n', 415);
    const body: unknown = await context.req.json().catch(() => undefined);
    const question = readQuestion(body);
    if (!question.ok) return context.text(question.error, 400);
    if (running >= AT_ONCE) return context.text(`${AT_ONCE} labs are running. Try again in a while.\n`, 429);
    running += 1;
    return streamSSE(context, async (stream) => {
      const gone = new AbortController();
      stream.onAbort(() => gone.abort());
      const signal = AbortSignal.any([gone.signal, AbortSignal.timeout(LONGEST * 1000)]);
      const tell = (event: string, data: object) => stream.writeSSE({ event, data: JSON.stringify(data) });
      try {
        const onProgress = (progress: Progress): void => void tell('progress', progress);
        await tell('verdict', verdictJson(await options.verify({ ...question.value, signal, onProgress })));
      } catch {
        await tell('failed', { why: 'That was a mistake in hairpin itself.' });
      } finally {
        running -= 1;
      }
    });
  });
  app.all('/api/*', (context) => context.text('There is no such question.\n', 404));

  if (options.page === undefined) app.get('*', (context) => context.text(NO_PAGE));
  else app.get('*', serveStatic({ root: options.page }));
  return app;
};
