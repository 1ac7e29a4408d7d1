import { Catch, Inject } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { isFromOurPages } from '../../access/index.js';
import type { FormConfig } from '../../platform/http/create-http.js';
import { html, type Html } from '../../platform/http/html.js';
import { ProblemFilter, sendProblem } from '../../platform/http/problem.filter.js';
import type { Problem } from '../../platform/http/problem.js';
import { currentCorrelationId } from '../../platform/http/request-context.js';
import { prefersData } from '../../platform/http/negotiation/wanted-form.js';
import { varyBy } from '../../platform/http/negotiation/vary.js';
import { LOGGER } from '../../platform/observability/logger.js';
import { Projections } from '../../platform/projections/projections.js';
import { adviceOn } from '../../shared/advice.js';
import { sendPage } from './layout.js';
import { mistakesOf } from './mistakes.js';
import { keepLanguage, pageLanguageOf, languageQuery } from './page-language.js';
import { pageWordsIn, type Say } from './words.js';

/** Tells people of a problem with a page; who is not signed in is first asked to. */
@Catch()
export class PageProblemFilter extends ProblemFilter {
  constructor(@Inject(LOGGER) logger: Logger, projections: Projections) {
    super(logger, () => projections.servesOlderRows);
  }

  protected override send(reply: FastifyReply, problem: Problem, request: FastifyRequest): void {
    const isForScript = prefersData(request.headers.accept);
    varyBy(reply, 'Accept');
    if (problem.code === 'unauthenticated' && request.method !== 'POST' && !isForScript) {
      void reply.redirect(`/sign-in?${new URLSearchParams({ returnTo: request.url }).toString()}`, 303);
    } else if (isForScript) {
      sendProblem(reply, problem);
    } else {
      this.sendPage(reply, problem, request);
    }
  }

  protected sendPage(reply: FastifyReply, problem: Problem, request: FastifyRequest): void {
    const { code, kind } = problem;
    const language = pageLanguageOf(request);
    const say = pageWordsIn(language);
    const sent = code === 'unauthenticated' ? formSent(request) : undefined;
    const { title: ownTitle = kind.title, detail = kind.detail } = adviceOn(code) ?? {};
    const title = sent === undefined ? ownTitle[language] : say('sessionOver');
    const main = html`<div class="narrow">
      <h1>${title}</h1>
      ${
        sent === undefined
          ? html`<p>${detail[language]}</p>
              ${mistakesOf(problem, request, language)}
              <p class="hint">${say('numberToReport')}: <code>${currentCorrelationId()}</code></p>
              <p><a class="button" href="/">${say('backToBoard')}</a></p>`
          : sendAgain(sent, request.url, say)
      }
    </div>`;
    keepLanguage(reply, languageQuery.safeParse(request.query).data ?? {});
    void reply.status(kind.status).send(sendPage(reply, { language, title, main }));
  }
}

/** What a form of ours sent after the session had ended: it may be an hour's work. Another site's is not shown as ours. */
const formSent = (request: FastifyRequest): [string, string][] | undefined => {
  const { config } = request.routeOptions as { config: Partial<FormConfig> };
  if (config.takesForms !== true || !isFromOurPages(request)) return undefined;
  return Object.entries((request.body ?? {}) as Record<string, unknown>).map(([name, value]) => [
    name,
    String(value),
  ]);
};

const sendAgain = (sent: readonly [string, string][], address: string, say: Say): Html =>
  html`<p>${say('sessionOverHint')}</p>
    <form method="post" action="${address}" class="choices">
      ${sent.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
      <a class="button quiet" href="/sign-in" target="_blank" rel="noopener">${say('signIn')}</a>
      <button>${say('sendAgain')}</button>
    </form>`;
