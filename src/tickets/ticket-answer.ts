import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { map, type Observable } from 'rxjs';
import { entityTagOf } from '../platform/http/preconditions.js';
import type { TicketSnapshot } from './ticket-history.js';
import { ticketView, type TicketView } from './ticket.view.js';
import type { Outcome } from './tickets.js';

/** Answers with the ticket, its revision as ETag and its position; 201 with Location for one that was just opened. */
@Injectable()
export class TicketAnswer implements NestInterceptor<TicketSnapshot & Partial<Outcome>, TicketView> {
  intercept(context: ExecutionContext, next: CallHandler<TicketSnapshot>): Observable<TicketView> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(
      map((answer: TicketSnapshot & Partial<Outcome>) => {
        void reply.header('ETag', entityTagOf(answer.revision));
        void reply.header('Position', String(answer.position));
        if (reply.statusCode === 201) {
          void reply.header('Location', `/v1/tickets/${answer.ticketId}`);
          if (answer.status !== 'applied') void reply.status(200);
        }
        return ticketView(answer);
      }),
    );
  }
}
