/** What a message of an event stream may hold; `data` is written as JSON, which has no line break of its own and so is one line. */
export interface ServerSentEvent {
  event?: string;
  id?: string;
  data?: unknown;
  /** How long whoever loses the connection waits before taking it up again. */
  retryMs?: number;
  /** A message that nobody is told of: it keeps the connection from looking dead. */
  comment?: string;
}

/** A message as text/event-stream has it, with the empty line that ends it. */
export const serverSentEvent = ({ comment, retryMs, event, id, data }: ServerSentEvent): string =>
  [
    comment !== undefined && `:${comment}`,
    retryMs !== undefined && `retry: ${retryMs}`,
    event !== undefined && `event: ${event}`,
    id !== undefined && `id: ${id}`,
    data !== undefined && `data: ${JSON.stringify(data)}`,
  ]
    .filter((line) => line !== false)
    .join('\n')
    .concat('\n\n');
