import { Catch, type ArgumentsHost, type ExceptionFilter, type Provider } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { ErrorAnswers, type SendProblem } from '../../../platform/http/problems/error-answers.js';
import { takesForms } from '../../../platform/http/forms/form-route.js';
import { prefersData, prefersPage } from '../../../platform/http/negotiation/wanted-form.js';
import { sendProblem } from '../../../platform/http/problems/send-problem.js';
import type { ProblemCode } from '../../../shared/problems/problem-code.js';
import { PageFrame } from '../page-frame.js';
import { ProblemPages } from './problem.page.js';

/** Every problem of every route that has no filter of its own; who comes with a browser to where nothing is, or too often, reads so on a page. */
@Catch()
class UnknownAddressFilter implements ExceptionFilter {
  constructor(
    private readonly answers: ErrorAnswers,
    private readonly pages: ProblemPages,
  ) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    this.answers.answer(thrown, host, (...told) => send(this.pages, ...told));
  }
}

/** What is told before it is known which page answers, if one does. */
const toldBeforePages: readonly ProblemCode[] = ['not-found', 'too-many-requests'];

const send = (pages: ProblemPages, ...[reply, problem, request]: Parameters<SendProblem>): void => {
  const { accept } = request.headers;
  // Another site's form is refused before its page is asked, and told as its page tells it.
  const isForm = problem.code === 'unauthenticated' && takesForms(request);
  const isForPeople = isForm
    ? !prefersData(accept)
    : toldBeforePages.includes(problem.code) && prefersPage(accept);
  if (isForPeople) pages.send(reply, problem, request);
  else sendProblem(reply, problem);
};

/** The filter of the whole application, and what its pages are made with; processes without pages have it too. */
export const unknownAddressProviders: Provider[] = [
  PageFrame,
  ProblemPages,
  { provide: APP_FILTER, useClass: UnknownAddressFilter },
];
