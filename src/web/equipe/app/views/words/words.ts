import { speaking, locales, type Language, type Text } from '../../../../../shared/text/text.js';
import { timeOfDay } from '../../../../../shared/time-of-day.js';
import {
  categoryLabels,
  commandVerbs,
  erasedTitle,
  holdReasonLabels,
  labelOf,
  priorityLabels,
  resolutionLabels,
  statusLabels,
  transitionLabels,
} from '../../../../../shared/vocabulary.js';
import type { CommandType } from '../../queue/command.js';
import type { DeviceTicket, DeviceTicketStatus } from '../../queue/ticket.js';
import { texts, type TextName } from './texts.js';

const meToo: Text = { fr: 'Moi aussi', en: 'Me too' };

/** The names of commands in the queue, as something done. */
const doneTexts: Record<CommandType, Text> = {
  note: { fr: 'Note', en: 'Note' },
  open: transitionLabels.open,
  start: transitionLabels.start,
  link: meToo,
  hold: transitionLabels.hold,
  resolve: transitionLabels.resolve,
  reopen: transitionLabels.reopen,
  cancel: transitionLabels.cancel,
};

/** What is counted: one of it, and several. */
const nouns = {
  person: { fr: ['personne', 'personnes'], en: ['person', 'people'] },
  other: { fr: ['autre', 'autres'], en: ['other'] },
  photo: { fr: ['photo', 'photos'], en: ['photo', 'photos'] },
  refused: { fr: ['refusé', 'refusés'], en: ['refused'] },
  waiting: { fr: ['en attente'], en: ['waiting'] },
  sentFile: {
    fr: ['fichier déjà envoyé se voit avec le réseau', 'fichiers déjà envoyés se voient avec le réseau'],
    en: ['file that was sent is seen with a network', 'files that were sent are seen with a network'],
  },
  minute: { fr: ['minute', 'minutes'], en: ['minute', 'minutes'] },
  hour: { fr: ['heure', 'heures'], en: ['hour', 'hours'] },
  day: { fr: ['jour', 'jours'], en: ['day', 'days'] },
  requestOf: { fr: ['demande de', 'demandes de'], en: ['request of', 'requests of'] },
} satisfies Record<string, Record<Language, readonly [singular: string, plural?: string]>>;
export type Noun = keyof typeof nouns;

/** In French nothing is singular, too. */
const isSeveral = (count: number, language: Language): boolean =>
  language === 'fr' ? count > 1 : count !== 1;

const countedIn =
  (language: Language) =>
  (count: number, noun: Noun): string => {
    const [singular, plural = singular]: readonly [string, string?] = nouns[noun][language];
    return `${count} ${isSeveral(count, language) ? plural : singular}`;
  };

/** A function that names codes; a code that is new on the server, and not known here, is shown as it is. */
const namedIn =
  (language: Language) =>
  (labels: Readonly<Record<string, Text>>) =>
  (code: string): string =>
    labelOf(labels, code, language);

/** An instant as a time, with the date where it is of another day. */
const momentIn = (language: Language) => {
  const day = new Intl.DateTimeFormat(locales[language], { day: 'numeric', month: 'short' });
  return (instant: string, now: Date): string => {
    const at = new Date(instant);
    const time = timeOfDay({ hour: at.getHours(), minute: at.getMinutes() }, language);
    return at.toDateString() === now.toDateString() ? time : `${day.format(at)}, ${time}`;
  };
};

/** How long ago an instant was, in one unit. */
const agoIn =
  (language: Language) =>
  (instant: string, now: Date): string => {
    const minutes = Math.round((now.getTime() - Date.parse(instant)) / 60_000);
    if (minutes < 1) return language === 'fr' ? 'à l’instant' : 'just now';
    const age =
      minutes < 60
        ? `${minutes} min`
        : minutes < 48 * 60
          ? `${Math.round(minutes / 60)} h`
          : `${Math.round(minutes / 1440)} ${language === 'fr' ? 'j' : 'd'}`;
    return language === 'fr' ? `il y a ${age}` : `${age} ago`;
  };

/** The skew of a clock in whole minutes, hours or days, after «this clock». */
const skewIn = (language: Language) => {
  const counted = countedIn(language);
  return (skewMs: number): string => {
    const minutes = Math.max(1, Math.round(Math.abs(skewMs) / 60_000));
    const size =
      minutes < 2 * 60
        ? counted(minutes, 'minute')
        : minutes < 2 * 1440
          ? counted(Math.round(minutes / 60), 'hour')
          : counted(Math.round(minutes / 1440), 'day');
    if (language === 'en') return `is ${size} ${skewMs > 0 ? 'ahead' : 'behind'}`;
    return skewMs > 0 ? `avance de ${size}` : `retarde de ${size}`;
  };
};

/** All that the page says, in one language. */
export interface Words {
  language: Language;
  say: (name: TextName) => string;
  counted: (count: number, noun: Noun) => string;
  /** Whether a count takes the plural. */
  isSeveral: (count: number) => boolean;
  momentName: (instant: string, now: Date) => string;
  agoName: (instant: string, now: Date) => string;
  skewName: (skewMs: number) => string;
  categoryName: (code: string) => string;
  resolutionName: (code: string) => string;
  reasonName: (code: string) => string;
  statusName: (status: DeviceTicketStatus) => string;
  /** The name of a priority after its code, which people use on the telephone. */
  priorityName: (code: string) => string;
  /** The name of a command on the button that leads to it. */
  commandName: (type: CommandType) => string;
  /** The name of a command in the queue, as something done. */
  commandDone: (type: CommandType) => string;
  /** What a ticket goes by. */
  titleOf: (ticket: Pick<DeviceTicket, 'title'>) => string;
}

const wordsOf = (language: Language): Words => {
  const named = namedIn(language);
  const priority = named(priorityLabels);
  return {
    language,
    say: speaking(texts)(language),
    counted: countedIn(language),
    isSeveral: (count) => isSeveral(count, language),
    momentName: momentIn(language),
    agoName: agoIn(language),
    skewName: skewIn(language),
    categoryName: named(categoryLabels),
    resolutionName: named(resolutionLabels),
    reasonName: named(holdReasonLabels),
    statusName: (status) => statusLabels[status][language],
    priorityName: (code) => (priority(code) === code ? code : `${code} · ${priority(code)}`),
    commandName: (type) => (type === 'link' ? meToo : commandVerbs[type])[language],
    commandDone: (type) => doneTexts[type][language],
    titleOf: ({ title }) => title || erasedTitle[language],
  };
};

const made: Record<Language, Words> = { fr: wordsOf('fr'), en: wordsOf('en') };

export const wordsIn = (language: Language): Words => made[language];
