import type { FastifyRequest } from 'fastify';
import { isFromOurPages } from '../../access/index.js';
import type { SendProblem } from '../../platform/http/problems/error-answers.js';
import { takesForms } from '../../platform/http/forms/form-route.js';
import { html, type Html } from '../../platform/http/html.js';
import { currentCorrelationId } from '../../platform/request-context.js';
import { adviceOn } from '../../shared/advice.js';
import { sendPage } from './layout.js';
import { mistakesOf } from './mistakes.js';
import { keepLanguage, pageLanguageOf, languageQuery } from './page-language.js';
import { pageWordsIn, type Say } from './words.js';

/**
 * Answers with a page on a problem and what people can do about it. Where the session ended while they were typing, the page keeps
 * what they sent, so that they can send it again.
 */
export const sendProblemPage: SendProblem = (reply, problem, request) => {
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
};

/** The fields that a form of these pages sent, which may be an hour's work; undefined for a form of another site. */
const formSent = (request: FastifyRequest): [string, string][] | undefined => {
  if (!takesForms(request) || !isFromOurPages(request)) return undefined;
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
