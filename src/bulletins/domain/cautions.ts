import { countDays } from '../../calendar/local-days.js';
import { healthNumberPointers } from '../../shared/identifiers/health-numbers-refused.js';
import { textChanges } from './bulletin.js';
import { sectionNames, type Contents, type SectionName } from './bulletin.events.js';

/** What is probably a mistake, and may be right: shown before a bulletin is published, and never refused. Days are whole days. */
export type Caution =
  | { kind: 'dated-ahead'; days: number }
  | { kind: 'far-from-ticket-day'; days: number }
  | { kind: 'no-tickets' }
  | { kind: 'ticket-day-published'; bulletin: string }
  | { kind: 'nothing-written' }
  | { kind: 'empty-sections'; sections: SectionName[] }
  | { kind: 'texts-unchanged'; sections: SectionName[]; since: string }
  | { kind: 'health-numbers'; parts: Part[] }
  | { kind: 'unprintable'; characters: readonly Unprintable[] };

/** A section, or the figures that come from elsewhere with what is written to them. */
type Part = SectionName | 'releves';

/** A character that the PDF has no sign for, the part it stands in, and the words around it. */
export interface Unprintable {
  character: string;
  part: Part;
  around: string;
}

/** A bulletin is often written the evening before. */
const maxDaysAhead = 1;
/** After a long weekend the tickets of Friday are told of on Tuesday. */
const maxDaysFromTicketDay = 7;

export interface BeforePublication {
  date: string;
  contents: Contents;
  /** By the reporting zone. */
  today: string;
  /** How many tickets were opened on the ticket day, as counted now. */
  opened: number;
  /** Another bulletin that published this ticket day, where one did and stands. */
  publishedBy: string | undefined;
  /** The bulletin before this one, where there is one. */
  last: { date: string; contents: Contents } | undefined;
  unprintable: readonly Unprintable[];
}

/** The cautions about a first publication. */
export const cautionsBefore = ({
  date,
  contents,
  today,
  opened,
  publishedBy,
  last,
  unprintable,
}: BeforePublication): Caution[] => {
  const ahead = countDays(today, date) - 1;
  const apart = countDays(contents.ticketDay, date) - 1;
  const empty = sectionNames.filter((name) => isEmpty(contents.sections[name]));
  const isBlank = empty.length === sectionNames.length && contents.releves.length === 0;
  const changed = last ? textChanges(last.contents, contents).sections : sectionNames;
  const unchanged = sectionNames.filter((name) => !empty.includes(name) && !changed.includes(name));
  return [
    ...(ahead > maxDaysAhead ? [{ kind: 'dated-ahead' as const, days: ahead }] : []),
    ...(apart > maxDaysFromTicketDay ? [{ kind: 'far-from-ticket-day' as const, days: apart }] : []),
    ...(opened > 0 ? [] : [{ kind: 'no-tickets' as const }]),
    ...(publishedBy === undefined ? [] : [{ kind: 'ticket-day-published' as const, bulletin: publishedBy }]),
    ...(isBlank ? [{ kind: 'nothing-written' as const }] : []),
    ...(!isBlank && empty.length > 0 ? [{ kind: 'empty-sections' as const, sections: empty }] : []),
    ...(last && unchanged.length > 0
      ? [{ kind: 'texts-unchanged' as const, sections: unchanged, since: last.date }]
      : []),
    ...cautionsBeforeRevision(contents, unprintable),
  ];
};

/** The cautions about a revision, whose date and ticket day are those that were published. */
export const cautionsBeforeRevision = (
  contents: Contents,
  unprintable: readonly Unprintable[],
): Caution[] => {
  const parts = [...sectionNames, 'releves' as const].filter((part) => hasHealthNumber(contents, part));
  return [
    ...(parts.length > 0 ? [{ kind: 'health-numbers' as const, parts }] : []),
    ...(unprintable.length > 0 ? [{ kind: 'unprintable' as const, characters: unprintable }] : []),
  ];
};

const hasHealthNumber = ({ sections, releves }: Contents, part: Part): boolean =>
  healthNumberPointers(part === 'releves' ? releves : sections[part]).length > 0;

const isEmpty = (section: Contents['sections'][SectionName]): boolean =>
  section === undefined ||
  (typeof section === 'string' ? printsNothing(section) : section.every(({ text }) => printsNothing(text)));

/** Markup alone, such as a rule, a bullet or a comment, prints no word. */
const printsNothing = (text: string): boolean =>
  !/[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(
    text.replace(/<!--.*?-->|&#?\w+;|^[\s>]*\d+[.)](?=\s|$)/gms, ' '),
  );
