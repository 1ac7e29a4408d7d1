import { Inject, Injectable, type ArgumentsHost } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { ProblemCode } from '../../../shared/problems/problem-code.js';
import { lacksColumns } from '../../database/failures.js';
import { LOGGER } from '../../observability/logger.js';
import { Projections } from '../../projections/projections.js';
import { Problem } from './problem.js';
import { contextOf } from '../request-context.js';
import { toProblem } from './to-problem.js';

/** How a problem is shown to whoever sent the request. */
export type SendProblem = (reply: FastifyReply, problem: Problem, request: FastifyRequest) => void;

/** A client that waits for what is not there yet is answered so every time: nothing is wrong with the server. */
const notYet: readonly ProblemCode[] = ['position-not-reached', 'figures-behind'];

/** Makes a problem of whatever a request met, logs it where the fault is the server's, and has it sent by those who know how. */
@Injectable()
export class ErrorAnswers {
  constructor(
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly projections: Projections,
  ) {}

  answer(thrown: unknown, host: ArgumentsHost, send: SendProblem): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const problem = this.problemOf(thrown);
    this.logFault(problem, request);
    if (!reply.sent) send(reply, problem, request);
  }

  /** While rows of an older version than this code's are served, and new ones are made, some queries have to wait for those. */
  private problemOf(thrown: unknown): Problem {
    const isTooEarly = lacksColumns(thrown) && this.projections.servesOlderRows;
    return isTooEarly ? new Problem('unavailable', { cause: thrown }) : toProblem(thrown);
  }

  /** By its route, not its address: that may hold what someone searched for. */
  private logFault(problem: Problem, request: FastifyRequest): void {
    if (problem.kind.status < 500 || notYet.includes(problem.code)) return;
    const { method, routeOptions } = request;
    const err = problem.details.cause ?? problem;
    const { correlationId } = contextOf(request);
    const line = { err, correlationId, method, route: routeOptions.url };
    // Whoever goes away amid what they send is no fault of ours.
    if (isAborted(request)) this.logger.debug(line, 'the request was broken off');
    else this.logger.error(line, problem.code);
  }
}

const isAborted = ({ raw }: FastifyRequest): boolean => raw.destroyed && !raw.complete;
