import { durationIn } from '../../platform/printed/printed.js';
import { milliseconds } from '../../shared/instant.js';
import type { Language } from '../../shared/text.js';
import type { RecordedTicketEvent } from '../ticket.codec.js';
import type { TicketEvent } from '../ticket.events.js';
import type { OpenedTicket, Ticket } from '../ticket.js';
import { english } from './english.js';
import { french } from './french.js';
import type { Names, Sentences } from './phrases.js';

const languages: Record<Language, Sentences> = { fr: french, en: english };

/** What came later than this was written without a network. */
const lateMs = 5 * 60_000;

/** What happened, as people say it. */
export const sentenceIn = (
  language: Language,
  { event, metadata, recordedAt }: RecordedTicketEvent,
  before: Ticket,
  names: Names,
): string => {
  const sentences = languages[language];
  const did = predicate(sentences, event, before, names);
  const late = milliseconds(recordedAt) - milliseconds(event.occurredAt);
  const sent = late > lateMs ? ` ${sentences.sentLater(durationIn(language, late))}` : '';
  return `${metadata.actor} ${did}${sent}.`;
};

const predicate = (sentences: Sentences, event: TicketEvent, before: Ticket, names: Names): string => {
  if (event.type === 'TicketOpened') return sentences.TicketOpened(event, names);
  if (before.status === 'unopened') throw new Error(`${event.type} before the ticket was opened`);
  const say = sentences[event.type] as (event: TicketEvent, before: OpenedTicket, names: Names) => string;
  return say(event, before, names);
};
