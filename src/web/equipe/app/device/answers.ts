import type { Language } from '../../../../shared/text/text.js';
import { problemCode, type ApiProblem } from '../../../browser/api-request.js';
import type { QueueRefusal, CommandAnswer } from '../queue/queue.js';
import type { DeviceTicket } from '../queue/ticket.js';

/** The answers of the API, with the fields that this page reads. */

export interface SessionAnswer {
  person: string;
  /** Establishment codes, or `all`. */
  establishments: string[] | 'all';
  healthNumbersInTitles: 'refuse' | 'warn';
  /** The language that the person chose at whichever page of ours. */
  language: Language;
}

/** The key that this tablet encrypts by, while the session lasts. */
export interface DeviceKeyAnswer {
  person: string;
  /** In base64; never stored. */
  key: string;
  endsInMs: number;
  idleMs: number;
}

export interface Reference {
  establishments: { code: string; name: string; sites: { code: string; name: string }[] }[];
  categories: string[];
  priorities: string[];
  resolutionCodes: string[];
  holdReasons: string[];
}

export interface ChangesReply {
  full: boolean;
  items: DeviceTicket[];
  tombstones: { ticketId: string }[];
  cursor: string;
  more: boolean;
  reference?: Reference;
}

export interface ProblemAnswer extends ApiProblem {
  ticket?: { mergedInto: string | null };
}

export interface Pushed {
  position: string;
  clockSkewMs: number | null;
  results: (Omit<CommandAnswer, 'refusal'> & { problem?: ProblemAnswer })[];
}

/** A file beside a ticket. */
export interface AttachedFile {
  attachmentId: string;
  name: string;
  contentType: string;
  occurredAt: string;
  addedBy: string;
  state: 'available' | 'quarantined' | 'infected' | 'erased';
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

/** The refusal that the queue keeps of a problem. */
export const refusalOf = (problem: ProblemAnswer, language: Language): QueueRefusal => {
  const { title, detail, errors, ticket } = problem;
  return {
    ...{ code: problemCode(problem), language, title, detail },
    ...(errors ? { errors } : {}),
    ...(ticket?.mergedInto ? { mergedInto: ticket.mergedInto } : {}),
  };
};
