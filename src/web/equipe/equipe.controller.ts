import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  CurrentPrincipal,
  isFromOurPages,
  Requires,
  Sessions,
  ShowsNoTicket,
  type Principal,
} from '../../access/index.js';
import { SETTINGS } from '../../config/settings.module.js';
import type { Settings } from '../../config/settings.js';
import { Clock } from '../../shared/clock.js';
import { milliseconds } from '../../shared/instant.js';
import { Public } from '../../platform/http/public.js';
import { Problem } from '../../platform/http/problems/problem.js';
import type { Language } from '../../shared/text/text.js';
import { keepLanguage, languageQuery, pageLanguageOf, type LanguageQuery } from '../page/page-language.js';
import { sendFile } from '../page/files/send-file.js';
import { strictPolicy } from '../page/strict-policy.js';
import { cachedForever } from '../page/files/versioned-files.js';
import { DeviceKeys } from './device-keys.js';
import { equipePage } from './equipe.page.js';
import { equipeFiles } from './equipe.files.js';

const policy = strictPolicy("manifest-src 'self'", "worker-src 'self'", "form-action 'self'");

/** The session that the page acts for. */
interface WhoIsSignedIn {
  person: string;
  /** Establishment codes, or `all`. */
  establishments: string[] | 'all';
  /** Whether a title with a health insurance number is refused, which the page says while it is typed. */
  healthNumbersInTitles: Settings['healthNumbersInTitles'];
  /** As it was chosen at any page of ours; the cookie that keeps it is for no script to read. */
  language: Language;
}

/** What the page encrypts by while that session lasts; its limits are relative, since a tablet's clock may be off. */
interface DeviceKey {
  person: string;
  key: string;
  endsInMs: number;
  idleMs: number;
}

/** The mobile teams' page, which a tablet installs. The page itself has no data of anyone, and is the same for all. */
@ApiExcludeController()
@Public()
@Controller('equipe')
export class EquipeController {
  constructor(
    @Inject(SETTINGS) private readonly settings: Pick<Settings, 'healthNumbersInTitles' | 'sessions'>,
    private readonly sessions: Sessions,
    private readonly keys: DeviceKeys,
    private readonly clock: Clock,
  ) {}

  @Get()
  page(
    @Req() request: FastifyRequest,
    @Query({ schema: languageQuery }) query: LanguageQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): string {
    keepLanguage(reply, query);
    const language = pageLanguageOf(request);
    void reply.header('Content-Security-Policy', policy);
    // Kept by the service worker alone, which with a `Vary` would find it for requests in the same language only.
    void reply.header('Cache-Control', 'no-store');
    void reply.header('Content-Language', language);
    void reply.header('X-Content-Type-Options', 'nosniff');
    void reply.header('Referrer-Policy', 'same-origin');
    void reply.type('text/html; charset=utf-8');
    return equipePage(language);
  }

  @Get('session')
  @Requires('tickets:sync')
  @ShowsNoTicket('who is signed in')
  session(
    @CurrentPrincipal() { id, establishments }: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): WhoIsSignedIn {
    void reply.header('Cache-Control', 'no-store');
    return {
      person: id,
      establishments: establishments === 'all' ? 'all' : [...establishments],
      healthNumbersInTitles: this.settings.healthNumbersInTitles,
      language: pageLanguageOf(request),
    };
  }

  /** Only for a page of ours with a session, whose limits go with it: a token is no sign-in at this tablet. */
  @Get('device-key')
  @Requires('tickets:sync')
  @ShowsNoTicket('a key')
  async deviceKey(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DeviceKey> {
    const session = isFromOurPages(request) ? await this.sessions.of(request) : undefined;
    if (!session) throw new Problem('unauthenticated');
    void reply.header('Cache-Control', 'no-store');
    return {
      person: session.principal.id,
      key: await this.keys.of(session.principal.id),
      endsInMs: session.endsAt - milliseconds(this.clock.now()),
      idleMs: this.settings.sessions.idleSeconds * 1_000,
    };
  }

  @Get(':name')
  file(@Param('name') name: string, @Res({ passthrough: true }) reply: FastifyReply): Buffer {
    const file = equipeFiles().get(name);
    if (!file) throw new Problem('not-found');
    void reply.header('X-Content-Type-Options', 'nosniff');
    void reply.header('Cache-Control', file.isVersioned ? cachedForever : 'no-cache');
    // By default a service worker controls its own folder, /equipe/; the page at /equipe is just outside of it.
    if (name === 'service-worker.js') void reply.header('Service-Worker-Allowed', '/equipe');
    // It holds for what the worker fetches.
    void reply.header('Content-Security-Policy', policy);
    return sendFile(reply, file);
  }
}
