import { durationIn, momentIn } from '../../../calendar/formatting.js';
import { milliseconds } from '../../../shared/instant.js';
import type { Language } from '../../../shared/text/text.js';
import type { RecordedTicketEvent } from '../../domain/ticket.codec.js';
import type { TicketEvent } from '../../domain/ticket.events.js';
import type { OpenedTicket, Ticket } from '../../domain/ticket.js';
import { english } from './english.js';
import { french } from './french.js';
import { withConfidentialTexts } from '../../repository/erased-event.js';
import type { Names, Sentences, TextsErasure } from './sentences.js';

const languages: Record<Language, Sentences> = { fr: french, en: english };

/** An event recorded later than this after it happened was written without a network, and its sentence says so. */
const lateMs = 5 * 60_000;

/** An event as a sentence for people, beginning with who did it. */
export const sentenceIn = (
  language: Language,
  { recorded, before, names }: { recorded: RecordedTicketEvent; before: Ticket; names: Names },
): string =>
  whole(
    language,
    recorded,
    predicate(languages[language], { event: shown(language, recorded.event, names), before, names }),
  );

/** A merge, `recorded` in the history of the ticket that was merged, as a sentence for the history of the ticket it went into. */
export const mergedHereIn = (
  language: Language,
  recorded: RecordedTicketEvent,
  { title, erasure }: { title: string; erasure: TextsErasure | undefined },
): string =>
  whole(
    language,
    recorded,
    languages[language].mergedHere(erasure ? textErasedIn(language, erasure) : title),
  );

/** «texte effacé le 17 mai 2026 à 08h30, motif: demande de la personne». */
const textErasedIn = (language: Language, { at, reason, timeZone }: TextsErasure): string =>
  languages[language].textErased(momentIn(language, at, timeZone), reason);

/** The event with what people are told in the place of each text that is gone. */
const shown = (language: Language, event: TicketEvent, { erasure }: Names): TicketEvent =>
  erasure
    ? withConfidentialTexts(event, (text) => (text === '' ? textErasedIn(language, erasure) : text))
    : event;

const whole = (language: Language, recorded: RecordedTicketEvent, did: string): string => {
  const { event, metadata, recordedAt } = recorded;
  const late = milliseconds(recordedAt) - milliseconds(event.occurredAt);
  const sent = late > lateMs ? ` ${languages[language].sentLater(durationIn(language, late))}` : '';
  return `${metadata.actor} ${did}${sent}.`;
};

const predicate = (
  sentences: Sentences,
  { event, before, names }: { event: TicketEvent; before: Ticket; names: Names },
): string => {
  if (event.type === 'TicketOpened') return sentences.TicketOpened(event, names);
  if (before.status === 'unopened') throw new Error(`${event.type} before the ticket was opened`);
  const say = sentences[event.type] as (event: TicketEvent, before: OpenedTicket, names: Names) => string;
  return say(event, before, names);
};
