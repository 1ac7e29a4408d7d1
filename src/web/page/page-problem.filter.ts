import { Catch, Inject } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { html } from '../../platform/http/html.js';
import { ProblemFilter, sendProblem } from '../../platform/http/problem.filter.js';
import type { Problem } from '../../platform/http/problem.js';
import { currentCorrelationId } from '../../platform/http/request-context.js';
import { LOGGER } from '../../platform/observability/logger.js';
import { sendPage } from './layout.js';
import { languageOf } from './page-language.js';
import { wordsIn } from './words.js';

/** Tells people of a problem with a page; who is not signed in is first asked to. */
@Catch()
export class PageProblemFilter extends ProblemFilter {
  constructor(@Inject(LOGGER) logger: Logger) {
    super(logger);
  }

  protected override send(reply: FastifyReply, problem: Problem, request: FastifyRequest): void {
    const accepted = request.headers.accept ?? '';
    if (problem.code === 'unauthenticated' && request.method !== 'POST' && !isForScript(accepted)) {
      void reply.redirect(`/sign-in?${new URLSearchParams({ returnTo: request.url }).toString()}`, 303);
    } else if (isForScript(accepted)) {
      sendProblem(reply, problem);
    } else {
      this.sendPage(reply, problem, request);
    }
  }

  private sendPage(reply: FastifyReply, { kind }: Problem, request: FastifyRequest): void {
    const language = languageOf(request);
    const say = wordsIn(language);
    const title = kind.title[language];
    const main = html`<div class="narrow">
      <h1>${title}</h1>
      <p>${kind.detail[language]}</p>
      <p class="hint">correlationId: <code>${currentCorrelationId()}</code></p>
      <p><a class="button" href="/">${say('backToBoard')}</a></p>
    </div>`;
    void reply.status(kind.status).send(sendPage(reply, { language, title, person: undefined, main }));
  }
}

/** What a script asks for is no page. */
const isForScript = (accept: string): boolean =>
  accept.includes('text/event-stream') || accept.includes('json');
