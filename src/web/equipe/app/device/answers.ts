import type { Refusal, Result } from '../queue/queue.js';
import type { Ticket } from '../queue/ticket.js';

/** Answers of the API, as far as this page reads them. */

export interface Session {
  person: string;
  /** Codes, or all there are. */
  establishments: string[] | 'all';
}

export interface Reference {
  establishments: { code: string; name: string; sites: { code: string; name: string }[] }[];
  categories: string[];
  priorities: string[];
  resolutionCodes: string[];
  holdReasons: string[];
}

export interface Changes {
  full: boolean;
  items: Ticket[];
  tombstones: { ticketId: string }[];
  cursor: string;
  more: boolean;
  reference?: Reference;
}

export interface Problem {
  type: string;
  title: string;
  detail: string;
  errors?: { pointer: string; message: string }[];
  ticket?: { mergedInto: string | null };
}

export interface Pushed {
  position: string;
  clockSkewMs: number | null;
  results: (Omit<Result, 'refusal'> & { problem?: Problem })[];
}

export interface History {
  items: {
    revision: number;
    type: string;
    occurredAt: string;
    actor: string;
    data: Record<string, unknown>;
  }[];
  nextCursor: string | null;
}

export const codeOf = ({ type }: Problem): string => type.slice(type.lastIndexOf('/') + 1);

/** What the page keeps of a problem. */
export const refusalOf = (problem: Problem): Refusal => {
  const { title, detail, errors, ticket } = problem;
  return {
    ...{ code: codeOf(problem), title, detail },
    ...(errors ? { errors } : {}),
    ...(ticket?.mergedInto ? { mergedInto: ticket.mergedInto } : {}),
  };
};
