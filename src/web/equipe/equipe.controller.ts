import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CurrentPrincipal, type Principal, Requires, ShowsNoTicket } from '../../access/index.js';
import { Public } from '../../platform/http/public.js';
import { Problem } from '../../platform/http/problems/problem.js';
import { equipePage } from './equipe.page.js';
import { equipeFiles } from './equipe.files.js';

/** The content security policy: everything from this host, and nothing inline. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The session that the page acts for. */
interface WhoIsSignedIn {
  person: string;
  /** Establishment codes, or `all`. */
  establishments: string[] | 'all';
}

/** The mobile teams' page, which a tablet installs. The page itself has no data of anyone, and is the same for all. */
@ApiExcludeController()
@Public()
@Controller('equipe')
export class EquipeController {
  @Get()
  page(@Res({ passthrough: true }) reply: FastifyReply): string {
    void reply.header('Content-Security-Policy', policy);
    void reply.header('Cache-Control', 'no-cache');
    void reply.header('Content-Language', 'fr');
    void reply.header('X-Content-Type-Options', 'nosniff');
    void reply.header('Referrer-Policy', 'same-origin');
    void reply.type('text/html; charset=utf-8');
    return equipePage();
  }

  @Get('session')
  @Requires('tickets:sync')
  @ShowsNoTicket('who is signed in')
  session(
    @CurrentPrincipal() { id, establishments }: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): WhoIsSignedIn {
    void reply.header('Cache-Control', 'no-store');
    return { person: id, establishments: establishments === 'all' ? 'all' : [...establishments] };
  }

  @Get(':name')
  file(@Param('name') name: string, @Res({ passthrough: true }) reply: FastifyReply): string | Buffer {
    const file = equipeFiles().get(name);
    if (!file) throw new Problem('not-found');
    void reply.header('X-Content-Type-Options', 'nosniff');
    void reply.header('Cache-Control', file.isVersioned ? 'public, max-age=31536000' : 'no-cache');
    // By default a service worker controls its own folder, /equipe/; the page at /equipe is just outside of it.
    if (name === 'service-worker.js') void reply.header('Service-Worker-Allowed', '/equipe');
    // It holds for what the worker fetches.
    void reply.header('Content-Security-Policy', policy);
    void reply.type(file.type);
    return file.content;
  }
}
