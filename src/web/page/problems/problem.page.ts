import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Identity, isFromOurPages, isPublicReader, Sessions } from '../../../access/index.js';
import type { SendProblem } from '../../../platform/http/problems/error-answers.js';
import { takesForms } from '../../../platform/http/forms/form-route.js';
import { html, type Html } from '../../../platform/http/html.js';
import { ownPath } from '../../../platform/http/own-path.js';
import type { Problem } from '../../../platform/http/problems/problem.js';
import { contextOf } from '../../../platform/http/request-context.js';
import { adviceOn } from '../../../shared/advice.js';
import type { ProblemCode } from '../../../shared/problems/problem-code.js';
import { sendPage, type PageParts } from '../page-layout.js';
import { startPageOf } from '../menu.js';
import { mistakesOf } from './mistakes.js';
import { PageFrame } from '../page-frame.js';
import { keepLanguage, pageLanguageOf, languageQuery } from '../page-language.js';
import { pageWordsIn, type Say } from '../words.js';

/** Problems that are told without asking who reads: nobody is signed in, or the question itself would cost too much, or fail. */
const toldToAnyone: readonly ProblemCode[] = ['unauthenticated', 'too-many-requests', 'unavailable'];

/** Answers with a page on a problem and what people can do about it, with the menu of whoever is signed in. */
@Injectable()
export class ProblemPages {
  constructor(
    private readonly identity: Identity,
    private readonly sessions: Sessions,
    private readonly frame: PageFrame,
  ) {}

  readonly send: SendProblem = (reply, problem, request) => {
    if (toldToAnyone.includes(problem.code)) {
      sendProblemPage(reply, problem, { request });
    } else {
      void this.reader(request).then((reader) => sendProblemPage(reply, problem, { request, reader }));
    }
  };

  /** Whoever is signed in; undefined also where that can't be known now. */
  private async reader(request: FastifyRequest): Promise<ProblemReader | undefined> {
    try {
      const identified = await this.identity.of(request);
      // At what is open to everyone, somebody signed in without more rights than that reads as everyone, and is somebody all the same.
      const session = isPublicReader(identified.principal) ? await this.sessions.of(request) : undefined;
      const { principal } = session ?? identified;
      return { signedIn: this.frame.signedIn(principal), startPage: startPageOf(principal) };
    } catch {
      return undefined;
    }
  }
}

interface ProblemReader {
  signedIn: PageParts['signedIn'];
  startPage: string | undefined;
}

/** Where the session ended while people were typing, the page keeps what they sent, so that they can send it again. */
const sendProblemPage = (
  reply: FastifyReply,
  problem: Problem,
  { request, reader }: { request: FastifyRequest; reader?: ProblemReader | undefined },
): void => {
  const { code, kind } = problem;
  const language = pageLanguageOf(request);
  const say = pageWordsIn(language);
  const sent = code === 'unauthenticated' ? formSent(request) : undefined;
  const { title: ownTitle = kind.title, detail = kind.detail } = adviceOn(code) ?? {};
  const title = sent === undefined ? ownTitle[language] : say('sessionOver');
  const cameFrom = cameFromPage(request);
  const startPage = reader?.startPage ?? '/';
  const main = html`<div class="narrow">
    <h1>${title}</h1>
    ${
      sent === undefined
        ? html`<p>${detail[language]}</p>
            ${mistakesOf(problem, request, language)}
            <p class="hint">${say('numberToReport')}: <code>${contextOf(request).correlationId}</code></p>
            <p class="ways">
              ${cameFrom !== undefined && cameFrom !== startPage && html`<a class="button" href="${cameFrom}">${say('backToPage')}</a>`}
              <a class="button quiet" href="${startPage}">${say('backToStart')}</a>
              ${code === 'role-not-allowed' && request.method === 'GET' && html`<a class="button quiet" href="/sign-in?${asOther(request.url)}">${say('signInAsOther')}</a>`}
            </p>`
        : sendAgain(sent, request.url, say)
    }
  </div>`;
  keepLanguage(reply, languageQuery.safeParse(request.query).data ?? {});
  // A form's address is asked for by nothing but the form.
  const languageAt = request.method === 'POST' ? (cameFrom ?? startPage).replace(/\?.*/, '') : undefined;
  const parts = { language, title, main, languageAt, signedIn: reader?.signedIn };
  void reply.status(kind.status).send(sendPage(reply, parts));
};

/** Somebody else signs in, and comes back here. */
const asOther = (returnTo: string): string => new URLSearchParams({ as: 'other', returnTo }).toString();

/** The page of ours that led here: browsers tell it, since pages have their referrer told to this origin. */
const cameFromPage = ({ headers, url }: FastifyRequest): string | undefined => {
  const { referer, host } = headers;
  if (referer === undefined || !URL.canParse(referer) || new URL(referer).host !== host) return undefined;
  const path = ownPath(referer, referer);
  return withoutLanguage(path) === withoutLanguage(url) || path.startsWith('/sign-in') ? undefined : path;
};

/** The same page in either language. */
const withoutLanguage = (path: string): string => path.replace(/([?&])lang=\w+&?/, '$1').replace(/[?&]$/, '');

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
