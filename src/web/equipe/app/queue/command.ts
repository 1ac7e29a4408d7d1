import type { ApiRequester } from '../../../../shared/requester.js';
/** A command made on this tablet, in the shape of `POST /v1/sync`. */
export type Command = Made & QueuedCommand;

interface Made {
  /** The permanent id of the command: the server recognises a repeated one and applies it once. */
  commandId: string;
  ticketId: string;
  /** When the command was made, by this tablet's clock and with its UTC offset. */
  occurredAt: string;
}

export type QueuedCommand =
  | ({ type: 'open' } & OpeningFields)
  | { type: 'note'; body: string }
  | { type: 'start' }
  | { type: 'link'; to: string; relation: 'parent' }
  | { type: 'hold'; reason: string; note?: string }
  | { type: 'resolve'; resolution: ResolutionFields }
  | { type: 'reopen'; reason: string }
  | { type: 'cancel'; reason: string };
export type CommandType = QueuedCommand['type'];

/** The most characters of a description, note or reason that the API takes. */
export const maxTextLength = 10_000;

export interface OpeningFields {
  establishment: string;
  site?: string;
  title: string;
  description?: string;
  category: string;
  priority: string;
  team?: string;
  location?: string;
  requester?: ApiRequester;
}

export interface ResolutionFields {
  code: string;
  note: string;
}
