import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { ErrorAnswers, type SendProblem } from '../../../platform/http/problems/error-answers.js';
import { prefersData } from '../../../platform/http/negotiation/wanted-form.js';
import { varyBy } from '../../../platform/http/negotiation/vary.js';
import { sendProblem } from '../../../platform/http/problems/send-problem.js';
import { ProblemPages } from './problem.page.js';

/** Answers a problem of a page with a page, or with JSON for a script; people who are not signed in are redirected to sign in. */
@Catch()
export class PageProblemFilter implements ExceptionFilter {
  constructor(
    private readonly answers: ErrorAnswers,
    private readonly pages: ProblemPages,
  ) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    this.answers.answer(thrown, host, (...told) => send(this.pages, ...told));
  }
}

const send = (pages: ProblemPages, ...[reply, problem, request]: Parameters<SendProblem>): void => {
  const isForScript = prefersData(request.headers.accept);
  varyBy(reply, 'Accept');
  if (problem.code === 'unauthenticated' && request.method !== 'POST' && !isForScript) {
    void reply.redirect(`/sign-in?${new URLSearchParams({ returnTo: request.url }).toString()}`, 303);
  } else if (isForScript) {
    sendProblem(reply, problem);
  } else {
    pages.send(reply, problem, request);
  }
};
