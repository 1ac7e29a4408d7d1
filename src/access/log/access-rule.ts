import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { AccessAction } from '../../shared/vocabulary.js';
import { purposeHeader } from './purpose.js';
import type { ShownIn } from './shown-tickets.js';

/** The metadata key of what a route says of the tickets it shows. */
export const ACCESS_LOGGED = 'access-logged';

/** As they are found in the answer; or as the handler says them (`showTickets`). */
type Tickets = ShownIn | 'said';

/** What the access log says of a route's answers. */
export interface AccessRule {
  action: AccessAction | ((request: FastifyRequest) => AccessAction);
  tickets: Tickets;
}

export interface NoAccess {
  reason: string;
}

/** A route that does not say what it shows: whatever it shows is logged all the same. */
export const undeclared: AccessRule = { action: 'undeclared', tickets: 'named' };

/** The route shows tickets, or may: each request is in the access log. */
export const LogsAccess = (action: AccessRule['action'], tickets: Tickets = 'named') =>
  applyDecorators(
    SetMetadata(ACCESS_LOGGED, { action, tickets } satisfies AccessRule),
    ApiHeader(purposeHeader),
  );

/** The route shows no ticket; `reason` says why that is so. */
export const ShowsNoTicket = (reason: string) => SetMetadata(ACCESS_LOGGED, { reason } satisfies NoAccess);
