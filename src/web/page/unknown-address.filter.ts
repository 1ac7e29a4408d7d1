import { Catch } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Problem } from '../../platform/http/problem.js';
import { sendProblem } from '../../platform/http/problem.filter.js';
import { prefersPage } from '../../platform/http/negotiation/wanted-form.js';
import { PageProblemFilter } from './page-problem.filter.js';

/** Every problem of every route that has no filter of its own; who comes with a browser to where nothing is reads so on a page. */
@Catch()
export class UnknownAddressFilter extends PageProblemFilter {
  protected override send(reply: FastifyReply, problem: Problem, request: FastifyRequest): void {
    const isForPeople = problem.code === 'not-found' && prefersPage(request.headers.accept);
    if (isForPeople) this.sendPage(reply, problem, request);
    else sendProblem(reply, problem);
  }
}
