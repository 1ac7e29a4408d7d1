import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { ErrorAnswers, type SendProblem } from '../../platform/http/error-answers.js';
import { prefersPage } from '../../platform/http/negotiation/wanted-form.js';
import { sendProblem } from '../../platform/http/send-problem.js';
import { sendProblemPage } from './problem.page.js';

/** Answers the problems of all routes without a filter of their own; for a browser at an unknown address with a page, else with JSON. */
@Catch()
export class UnknownAddressFilter implements ExceptionFilter {
  constructor(private readonly answers: ErrorAnswers) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    this.answers.answer(thrown, host, send);
  }
}

const send: SendProblem = (reply, problem, request) => {
  const isForPeople = problem.code === 'not-found' && prefersPage(request.headers.accept);
  if (isForPeople) sendProblemPage(reply, problem, request);
  else sendProblem(reply, problem);
};
