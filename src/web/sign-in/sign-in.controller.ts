import { Controller, Get, HttpCode, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Public } from '../../platform/http/public.js';
import { isFromOurPages, Sessions, attemptSeconds, SignIn } from '../../access/index.js';
import { ownPath } from '../../platform/http/own-path.js';
import { Problem } from '../../platform/http/problems/problem.js';
import { pageLanguageOf } from '../page/page-language.js';
import { PageProblemFilter } from '../page/problems/page-problem.filter.js';

/** `as=other`: whoever is signed in at the identity provider is not who is to sign in here. */
const beginQuery = z.object({
  returnTo: z.string().max(2_000).default('/'),
  as: z.literal('other').optional(),
});
const attemptCookie = 'sign-in';
/** Who signed out here is still signed in at the identity provider, which would let the next person at this screen in as them. */
const signedOutCookie = 'signed-out';
const signedOutSeconds = 12 * 3600;

/** Signing in at the identity provider, and out here. */
@ApiExcludeController()
@Public()
@UseFilters(PageProblemFilter)
@Controller()
export class SignInController {
  constructor(
    private readonly signIn: SignIn,
    private readonly sessions: Sessions,
  ) {}

  @Get('sign-in')
  async begin(
    @Query({ schema: beginQuery }) { returnTo, as }: z.output<typeof beginQuery>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const home = new URL(this.signIn.publicUrl());
    // The provider sends people back to the one address it knows, where a cookie set at another is not to be had.
    if (this.signIn.isOffered && request.headers.host !== home.host) {
      // A request's address may be a whole one, which names any server.
      void reply.redirect(new URL(ownPath(request.url, home.href), home).href, 303);
      return;
    }
    const anew = as === 'other' || this.sessions.cookie(request, signedOutCookie) !== undefined;
    const { location, attempt } = await this.signIn.begin(returnTo, {
      anew,
      language: pageLanguageOf(request),
    });
    this.sessions.keep(reply, { name: attemptCookie, value: attempt, maxAge: attemptSeconds });
    void reply.header('Cache-Control', 'no-store').redirect(location, 303);
  }

  @Get('sign-in/callback')
  async finish(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const attempt = this.sessions.cookie(request, attemptCookie);
    const { principal, tokens, returnTo } = await this.signIn.finish(request.url, attempt);
    await this.sessions.begin(request, reply, { principal, tokens });
    this.sessions.keep(reply, { name: attemptCookie, value: '', maxAge: 0 });
    this.sessions.keep(reply, { name: signedOutCookie, value: '', maxAge: 0 });
    void reply.header('Cache-Control', 'no-store').redirect(returnTo, 303);
  }

  @Post('sign-out')
  @HttpCode(303)
  async end(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    if (!isFromOurPages(request)) throw new Problem('role-not-allowed');
    const tokens = await this.sessions.end(request, reply);
    this.sessions.keep(reply, { name: signedOutCookie, value: 'yes', maxAge: signedOutSeconds });
    // Not the storage: what a tablet has not sent yet is in it.
    void reply.header('Clear-Site-Data', '"cache"').header('Cache-Control', 'no-store');
    void reply.redirect(await this.signIn.afterSignOut(tokens), 303);
  }
}
