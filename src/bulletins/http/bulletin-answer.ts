import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { from, map, mergeMap, type Observable } from 'rxjs';
import { entityTagOf } from '../../platform/http/if-match.js';
import { bulletinWarnings, type BulletinView } from '../bulletin.view.js';
import { isWritten, type BulletinOutcome } from '../repository/bulletin-repository.js';
import { PublishedViews } from '../repository/published-views.js';

/** The outcome of a command, and the state of the bulletin to answer with: its draft, or by default the newest publication. */
export interface WrittenAnswer {
  outcome: BulletinOutcome;
  show: 'draft' | undefined;
  /** What was written, where that is anything. */
  body?: object;
}

/** Answers a write with the bulletin, its ETag and its position; 201 with Location for a first draft. */
@Injectable()
export class BulletinAnswer implements NestInterceptor<WrittenAnswer, BulletinView> {
  constructor(private readonly shown: PublishedViews) {}

  intercept(context: ExecutionContext, next: CallHandler<WrittenAnswer>): Observable<BulletinView> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(
      mergeMap(({ outcome, show, body = {} }: WrittenAnswer) => {
        void reply.header('ETag', entityTagOf(outcome.revision));
        void reply.header('Position', String(outcome.position));
        if (outcome.status === 'created') {
          void reply.status(201).header('Location', `/v1/bulletins/${outcome.date}`);
        }
        if (!isWritten(outcome)) throw new Error('what was written, published or withdrawn is a bulletin');
        return from(this.shown.view(outcome, show)).pipe(
          map((view) => ({ ...view, ...bulletinWarnings(body) })),
        );
      }),
    );
  }
}
