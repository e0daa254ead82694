import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { BACKENDS, type BackendName } from '../live/backend.ts';
import { createApp } from '../live/server/app.ts';
import { type Candidate, verify } from '../live/verify.ts';
import { withBackends } from '../live/verify-all.ts';
import { exitCode } from './exit-code.ts';

type Flags = { readonly port: number; readonly on?: BackendName };

const LOOPBACK = '127.0.0.1';
/** Real seconds that one lab may take. */
const LIMIT = 240;

export const define = (command: Command): void => {
  command
    .addOption(new Option('--port <number>', 'where to listen; 0 takes any that is free').argParser(port).default(8700))
    .addOption(new Option('--on <backend>', 'the kernel to ask').choices(BACKENDS))
    .action(async ({ port: wished, on }: Flags) => {
      const stopped = new AbortController();
      for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => stopped.abort());
      process.exitCode = await withBackends(on, stopped.signal, (all) => listen(wished, all, stopped.signal));
      // A connection that is kept alive is nobody's loss.
      process.exit();
    });
};

const port = (text: string): number => {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65535) throw new InvalidArgumentError('It must be a port number.');
  return Number(text);
};

/** Beside the command line, where `npm run build:web` puts it. */
const pageFolder = (): { readonly page?: string } => {
  const folder = join(import.meta.dirname, '..', 'web');
  return existsSync(join(folder, 'index.html')) ? { page: folder } : {};
};

const listen = (wished: number, candidates: readonly Candidate[], stopped: AbortSignal): Promise<number> =>
  new Promise((resolve) => {
    const token = randomBytes(24).toString('base64url');
    const hosts: string[] = [];
    const app = createApp({
      ...{ token, hosts, ...pageFolder() },
      verify: ({ lab, frames, signal, onProgress }) =>
        verify(lab, candidates, { frames, onProgress, limit: LIMIT, signal: AbortSignal.any([signal, stopped]) }),
      capabilities: async () =>
        Object.fromEntries(
          await Promise.all(candidates.map(async ({ backend, look }) => [backend.name, await look()] as const)),
        ),
    });
    const server = serve({ fetch: app.fetch, hostname: LOOPBACK, port: wished }, (address) => {
      hosts.push(`${LOOPBACK}:${address.port}`, `localhost:${address.port}`);
      process.stdout.write(`hairpin listens on http://${LOOPBACK}:${address.port}/#token=${token}\n`);
    });
    server.on('error', (error: NodeJS.ErrnoException) => {
      process.stderr.write(
        `hairpin: port ${wished}: ${error.code === 'EADDRINUSE' ? 'it is taken.' : error.message}\n`,
      );
      resolve(exitCode.cannot);
    });
    stopped.addEventListener('abort', () => {
      server.close();
      resolve(exitCode.ok);
    });
  });
