import { createParamDecorator, Inject, Injectable, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isPublicReader, SignIn, wallScreen, type Principal } from '../../access/index.js';
import { SETTINGS } from '../../config/settings.module.js';
import type { Settings } from '../../config/settings.js';
import { Establishments } from '../../establishments/index.js';
import { dayBefore, localDay, type Day } from '../../calendar/local-days.js';
import { Clock } from '../../shared/clock.js';
import type { Language } from '../../shared/text/text.js';
import { sendPage, type PageParts } from './page-layout.js';
import { menuOf } from './menu.js';
import { keepLanguage, pageLanguageOf, type LanguageQuery } from './page-language.js';

/** The person a page is made for, and their language. */
export interface PageReader {
  principal: Principal;
  language: Language;
}

/** A request for a page: its reader, and the reply to answer with. */
export interface Visit extends PageReader {
  reply: FastifyReply;
}

/** The visit of whoever sends a form. A form changes no language: that is for the address of a page. */
export const FormVisit = createParamDecorator((_data: unknown, context: ExecutionContext): Visit => {
  const http = context.switchToHttp();
  const request = http.getRequest<FastifyRequest & { principal: Principal }>();
  return {
    principal: request.principal,
    language: pageLanguageOf(request),
    reply: http.getResponse<FastifyReply>(),
  };
});

/** Puts the main part of a page into the layout for a signed-in person. */
@Injectable()
export class PageFrame {
  constructor(
    private readonly establishments: Establishments,
    private readonly clock: Clock,
    private readonly signIn: SignIn,
    @Inject(SETTINGS) private readonly settings: Pick<Settings, 'paper' | 'openBulletins'>,
  ) {}

  /** Today's date in the reporting zone. */
  today(): Day {
    return localDay(this.clock.now(), this.establishments.reportingTimeZone);
  }

  yesterday(): Day {
    return dayBefore(this.today());
  }

  /** Published bulletins are for everyone. */
  get hasOpenBulletins(): boolean {
    return this.settings.openBulletins;
  }

  visit(request: FastifyRequest, reply: FastifyReply, principal: Principal, query: LanguageQuery): Visit {
    keepLanguage(reply, query);
    return { principal, language: pageLanguageOf(request), reply };
  }

  send(
    { principal, language, reply }: Visit,
    parts: Omit<PageParts, 'language' | 'signedIn' | 'paper'>,
  ): string {
    const { paper } = this.settings;
    return sendPage(reply, { ...parts, paper, language, signedIn: this.signedIn(principal) });
  }

  /** What the banner shows a person; nothing to a screen on a wall, where nobody sits, nor to whoever has not signed in. */
  signedIn(principal: Principal): PageParts['signedIn'] {
    if (principal.roles.includes(wallScreen) || isPublicReader(principal)) return undefined;
    const { signsOutAt } = this.signIn;
    return { person: principal.id, menu: menuOf(principal, this.yesterday()), signsOutAt };
  }
}

/** Redirects to another page; the empty text is for handlers whose answer Nest sends. */
export const seeOther = (reply: FastifyReply, path: string): string => {
  void reply.status(303).header('Location', path);
  return '';
};
