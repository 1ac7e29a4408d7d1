import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Principal } from '../../access/permissions.js';
import type { Html } from '../../platform/http/html.js';
import { dayBefore } from '../../establishments/local-days.js';
import { ReadBoard } from '../board/read-board.js';
import { sendPage, type PageParts } from '../page/layout.js';
import { keepLanguage, languageOf, type PageQuery } from '../page/page-language.js';
import type { Language } from '../../shared/text.js';

/** For whom a page is made. */
export interface Reader {
  principal: Principal;
  language: Language;
}

/** Puts what a page of the bulletins shows into what is around it. */
@Injectable()
export class BulletinFrame {
  constructor(private readonly board: ReadBoard) {}

  today(): string {
    return this.board.today();
  }

  reader(request: FastifyRequest, reply: FastifyReply, principal: Principal, query: PageQuery = {}): Reader {
    keepLanguage(reply, query);
    return { principal, language: languageOf(request) };
  }

  send(
    reply: FastifyReply,
    { principal, language }: Reader,
    { title, main, script }: { title: string; main: Html; script?: PageParts['script'] },
  ): string {
    return sendPage(reply, {
      ...{ language, title, main, script, style: 'bulletins.css', here: 'bulletins' },
      person: principal.id,
      yesterday: dayBefore(this.today()),
    });
  }
}

/** Sends on to another page; for handlers whose answer Nest sends itself. */
export const seeOther = (reply: FastifyReply, path: string): string => {
  void reply.status(303).header('Location', path);
  return '';
};
