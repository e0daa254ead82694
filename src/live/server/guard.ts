import { createHash, timingSafeEqual } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
const isSame = (text: string, other: string): boolean => timingSafeEqual(digest(text), digest(other));

/**
 * Answers only who meant this machine: another page's name that resolves to 127.0.0.1 has another Host, and another
 * page that asks ours has another Origin.
 */
export const onlyLocal =
  (hosts: readonly string[]): MiddlewareHandler =>
  async (context, next) => {
    const host = context.req.header('host') ?? '';
    if (!hosts.includes(host)) return context.text(`"${host}" is not served here.\n`, 403);
    const origin = context.req.header('origin');
    if (origin !== undefined && !hosts.some((each) => origin === `http://${each}`))
      return context.text(`"${origin}" may not ask here.\n`, 403);
    return next();
  };

/** Only who has seen the token that was printed may have anything done. */
export const onlyWith =
  (token: string): MiddlewareHandler =>
  async (context, next) => {
    const given = /^Bearer (.+)$/.exec(context.req.header('authorization') ?? '')?.[1] ?? '';
    if (!isSame(given, token)) return context.text('The token that hairpin printed is missing or wrong.\n', 401);
    return next();
  };
