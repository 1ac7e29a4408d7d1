/** What someone asked for on this tablet, as `POST /v1/sync` takes it. */
export type Command = Made & QueuedCommand;

interface Made {
  /** Its own for good: sent again it is recognised, and done once. */
  commandId: string;
  ticketId: string;
  /** By this tablet's clock, with its offset. */
  occurredAt: string;
}

export type QueuedCommand =
  | ({ type: 'open' } & OpeningFields)
  | { type: 'note'; body: string }
  | { type: 'start' }
  | { type: 'hold'; reason: string; note?: string }
  | { type: 'resolve'; resolution: ResolutionFields }
  | { type: 'reopen'; reason: string }
  | { type: 'cancel'; reason: string };
export type CommandType = QueuedCommand['type'];

/** The longest description, note or reason, in characters: the API takes no more. */
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
}

export interface ResolutionFields {
  code: string;
  note: string;
}
