import { isReadFromCiphertext } from '../../keys/index.js';
import type { EventStore, RecordedEvent } from '../../platform/event-store/event-store.js';
import { decodeEvent } from '../domain/ticket.codec.js';
import { ticketStream } from '../domain/ticket.events.js';
import { withConfidentialTexts } from '../repository/erased-event.js';

export interface WrittenTexts {
  texts: number;
  /** Of these, those that the log holds in plain: it is from before texts were encrypted. */
  inPlain: number;
}

const pageSize = 100;

/** How many texts a ticket's stream holds, whatever they say. Throws EventStoreUnavailable. */
export const countTexts = async (store: EventStore, ticketId: string): Promise<WrittenTexts> => {
  const counted = { texts: 0, inPlain: 0 };
  for (let from = 1; ; from += pageSize) {
    const page = await store.readStream(ticketStream(ticketId), from, pageSize);
    for (const event of page) {
      const texts = textsIn(event);
      counted.texts += texts;
      if (!isReadFromCiphertext(event)) counted.inPlain += texts;
    }
    if (page.length < pageSize) return counted;
  }
};

const textsIn = (recorded: RecordedEvent): number => {
  let texts = 0;
  withConfidentialTexts(decodeEvent(recorded), (text) => {
    if (text !== '') texts += 1;
    return text;
  });
  return texts;
};
