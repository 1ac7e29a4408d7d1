import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isAllowed, type Principal } from '../../access/index.js';
import { Establishments } from '../../establishments/index.js';
import { dayBefore, localDay, type Day } from '../../calendar/local-days.js';
import { Clock } from '../../shared/clock.js';
import type { Language } from '../../shared/text.js';
import { sendPage, type PageParts } from './layout.js';
import { keepLanguage, pageLanguageOf, type LanguageQuery } from './page-language.js';

/** For whom a page is made. */
export interface PageReader {
  principal: Principal;
  language: Language;
}

/** What someone asked for a page with, and the answer it goes into. */
export interface Visit extends PageReader {
  reply: FastifyReply;
}

/** Puts what a page shows to whoever is signed in into what is around it. */
@Injectable()
export class PageFrame {
  constructor(
    private readonly establishments: Establishments,
    private readonly clock: Clock,
  ) {}

  /** The day it is where the figures are published. */
  today(): Day {
    return localDay(this.clock.now(), this.establishments.reportingTimeZone);
  }

  yesterday(): Day {
    return dayBefore(this.today());
  }

  visit(
    request: FastifyRequest,
    reply: FastifyReply,
    principal: Principal,
    query: LanguageQuery = {},
  ): Visit {
    keepLanguage(reply, query);
    return { principal, language: pageLanguageOf(request), reply };
  }

  send({ principal, language, reply }: Visit, parts: Omit<PageParts, 'language' | 'signedIn'>): string {
    const mobileTeam = isAllowed(principal, 'tickets:sync');
    const signedIn = { person: principal.id, yesterday: this.yesterday(), mobileTeam };
    return sendPage(reply, { ...parts, language, signedIn });
  }
}

/** Sends on to another page; for handlers whose answer Nest sends itself. */
export const seeOther = (reply: FastifyReply, path: string): string => {
  void reply.status(303).header('Location', path);
  return '';
};
