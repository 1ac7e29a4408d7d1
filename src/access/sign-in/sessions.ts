import { parseCookie, stringifySetCookie } from 'cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { roles, type Principal } from '../permissions.js';
import type { Seal } from './seal.js';

/** A shift, with what comes before and after it: a wall screen is signed in once in the morning. */
const lifetimeSeconds = 12 * 3600;
const purpose = 'session';

const sessionSchema = z.object({
  sub: z.string(),
  roles: z.array(z.enum(roles)),
  establishments: z.union([z.literal('all'), z.array(z.string())]),
  exp: z.number(),
});

/** Someone who signed in with a browser. */
export interface SignedInSession {
  principal: Principal;
  /** In milliseconds since 1970. */
  endsAt: number;
}

/** Who is signed in, kept by the browser in an encrypted cookie: every process that has the secret can read it. */
export class Sessions {
  constructor(
    private readonly seal: Seal,
    /** Cookies go over TLS only. */
    private readonly secure: boolean,
  ) {}

  async of(request: FastifyRequest): Promise<SignedInSession | undefined> {
    const sealed = this.cookie(request, this.name);
    const contents = sealed === undefined ? undefined : await this.seal.open(purpose, sealed);
    if (contents === undefined) return undefined;
    // Sealed here, but perhaps by another version: whoever has it signs in again.
    const { data } = sessionSchema.safeParse(contents);
    if (!data) return undefined;
    const { sub, exp, ...session } = data;
    const establishments = session.establishments === 'all' ? 'all' : new Set(session.establishments);
    return { principal: { id: sub, roles: session.roles, establishments }, endsAt: exp * 1000 };
  }

  async begin(reply: FastifyReply, { id, roles, establishments }: Principal): Promise<void> {
    const contents = { roles, establishments: establishments === 'all' ? 'all' : [...establishments] };
    const sealed = await this.seal.close(purpose, { sub: id, ...contents }, lifetimeSeconds);
    this.keep(reply, { name: this.name, value: sealed, maxAge: lifetimeSeconds });
  }

  end(reply: FastifyReply): void {
    this.keep(reply, { name: this.name, value: '', maxAge: 0 });
  }

  cookie(request: FastifyRequest, name: string): string | undefined {
    return parseCookie(request.headers.cookie ?? '')[name];
  }

  /** In the browser, out of reach of scripts, sent by our own pages and by links that lead to them. */
  keep(reply: FastifyReply, { name, value, maxAge }: { name: string; value: string; maxAge: number }): void {
    const attributes = { path: '/', httpOnly: true, sameSite: 'lax', secure: this.secure, maxAge } as const;
    void reply.header('Set-Cookie', stringifySetCookie({ name, value, ...attributes }));
  }

  /** The prefix has browsers refuse such a cookie from anyone but this very host. */
  private get name(): string {
    return this.secure ? '__Host-session' : 'session';
  }
}

/** Browsers say whether a page of ours sent the request. One that says nothing did not come from a page. */
export const isFromOurPages = ({ headers }: FastifyRequest): boolean => {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  const { origin, host } = headers;
  return origin !== undefined && URL.canParse(origin) && new URL(origin).host === host;
};
