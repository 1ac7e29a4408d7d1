import { canonicalJson } from '../../shared/canonical-json.js';
import type { Instant } from '../../shared/instant.js';
import { DomainError } from '../../shared/problems/domain-error.js';
import type { BulletinRefusalCode } from '../../shared/problems/problem-code.js';
import {
  figureNames,
  sectionNames,
  type BulletinEvent,
  type BulletinPublished,
  type BulletinRevised,
  type Cause,
  type Contents,
  type FigureChange,
  type LogExtent,
  type PublishedFigures,
  type KnownFigures,
  type Releve,
  type RevisionExplained,
  type SectionName,
  type Signature,
} from './bulletin.events.js';
import type { FigureName } from '../../shared/vocabulary.js';

// State -------------------------------------------------------------------------------------------------------

/** A publication of a bulletin. */
export interface Publication {
  /** 1 for the first publication. */
  revision: number;
  contents: Contents;
  figures: KnownFigures;
  publishedAt: Instant;
  publishedBy: string;
  /** The figures that differ from the publication before; empty in the first publication. */
  changes: readonly FigureChange[];
  causes: readonly Cause[];
  /** The log that the figures were counted from, where that was recorded. */
  log: LogExtent | undefined;
  /** Undefined where it was published unsigned. */
  signature: Signature | undefined;
}

/** A value that a relevé had in a draft, and who wrote it. */
export interface WrittenReleve extends Releve {
  writtenAt: Instant;
  writtenBy: string;
}

/** A publication that was taken back. */
export interface Withdrawal {
  /** The publication that stood until then. */
  revision: number;
  reason: string;
  withdrawnAt: Instant;
  withdrawnBy: string;
}

/** Withdrawn: what was published last no longer stands. */
export const bulletinStatuses = ['draft', 'published', 'withdrawn'] as const;

export interface WrittenBulletin {
  status: (typeof bulletinStatuses)[number];
  /** The current draft; equal to the last publication's contents where nothing was written since. */
  draft: Contents;
  draftedAt: Instant;
  draftedBy: string;
  /** All publications, oldest first. */
  publications: readonly Publication[];
  /** Oldest first; the last one holds while the bulletin is withdrawn. */
  withdrawals: readonly Withdrawal[];
  /** Every value that each relevé ever had, oldest first. */
  writtenReleves: readonly WrittenReleve[];
}

export type Bulletin = { status: 'unwritten' } | WrittenBulletin;

export const unwritten: Bulletin = { status: 'unwritten' };

// Commands ----------------------------------------------------------------------------------------------------

interface BulletinCommandBase {
  /** The bulletin's own date. */
  date: string;
  by: string;
}

interface WriteDraftCommand extends BulletinCommandBase {
  type: 'draft';
  contents: Contents;
}

/** An invariant that the figures break. */
export interface BrokenInvariant {
  invariant: string;
  /** null for the total. */
  establishment: string | null;
  expected: number;
  actual: number;
}

interface WithFigures extends BulletinCommandBase {
  figures: KnownFigures;
  /** The invariants that the figures break, as checked by the command's handler. */
  broken: readonly BrokenInvariant[];
}

interface PublishBulletinCommand extends WithFigures {
  type: 'publish';
  /** When the ticket day is over at the last establishment. */
  dayEndsAt: Instant;
}

interface ReviseBulletinCommand extends WithFigures {
  type: 'revise';
  /** The events between the published position and the figures' that count in the ticket day. */
  causes: readonly Cause[];
}

interface DeleteDraftCommand extends BulletinCommandBase {
  type: 'delete-draft';
}

interface WithdrawBulletinCommand extends BulletinCommandBase {
  type: 'withdraw';
  reason: string;
}

export type BulletinCommand =
  | WriteDraftCommand
  | PublishBulletinCommand
  | ReviseBulletinCommand
  | DeleteDraftCommand
  | WithdrawBulletinCommand;

// Refusals ----------------------------------------------------------------------------------------------------

/** A refusal by the rules of the bulletin's life; `about` has details for the answer. */
export class BulletinRefusal extends DomainError {
  constructor(
    override readonly code: BulletinRefusalCode,
    readonly about: Readonly<Record<string, unknown>> = {},
  ) {
    super(code, { members: about });
  }
}

// Decide ------------------------------------------------------------------------------------------------------

/** The events that a command leads to; none where it would change nothing. Throws BulletinRefusal. */
export const decideBulletin = (
  command: BulletinCommand,
  bulletin: Bulletin,
  now: Instant,
): BulletinEvent[] => {
  switch (command.type) {
    case 'draft':
      return draft(command, bulletin, now);
    case 'publish':
      return publish(command, bulletin, now);
    case 'revise':
      return revise(command, bulletin, now);
    case 'delete-draft':
      return deleteDraft(command, bulletin, now);
    case 'withdraw':
      return withdraw(command, bulletin, now);
  }
};

const draft = (
  { date, by, contents }: WriteDraftCommand,
  bulletin: Bulletin,
  now: Instant,
): BulletinEvent[] => {
  if (contents.ticketDay > date) throw new BulletinRefusal('ticket-day-after-bulletin');
  const tooLate = contents.releves.findIndex(({ day }) => day > date);
  if (tooLate >= 0) throw new BulletinRefusal('releve-after-bulletin', { index: tooLate });
  const event: BulletinEvent = { type: 'BulletinDrafted', occurredAt: now, by, contents };
  if (bulletin.status === 'unwritten') return [event];
  const published = bulletin.publications.at(-1);
  if (published && published.contents.ticketDay !== contents.ticketDay) {
    throw new BulletinRefusal('ticket-day-published', { ticketDay: published.contents.ticketDay });
  }
  return isSameText(contents, bulletin.draft) ? [] : [event];
};

const publish = (command: PublishBulletinCommand, bulletin: Bulletin, now: Instant): BulletinEvent[] => {
  const { by, figures, broken, dayEndsAt } = command;
  switch (bulletin.status) {
    case 'unwritten':
      throw new BulletinRefusal('bulletin-not-found');
    case 'published':
      // A repeated request, for example after a lost answer, changes nothing. A draft written since needs a revision.
      if (!isDraftChanged(bulletin)) return [];
      throw new BulletinRefusal('already-published');
    case 'withdrawn':
      throw new BulletinRefusal('bulletin-withdrawn');
    case 'draft':
      if (now < dayEndsAt) throw new BulletinRefusal('day-in-progress', { endsAt: dayEndsAt });
      assertAddsUp(broken);
      return [
        {
          type: 'BulletinPublished',
          occurredAt: now,
          by,
          revision: 1,
          contents: bulletin.draft,
          figures,
        },
      ];
  }
};

const revise = (command: ReviseBulletinCommand, bulletin: Bulletin, now: Instant): BulletinEvent[] => {
  const { by, figures, broken, causes } = command;
  switch (bulletin.status) {
    case 'unwritten':
      throw new BulletinRefusal('bulletin-not-found');
    case 'draft':
      throw new BulletinRefusal('not-published');
    case 'published':
    case 'withdrawn': {
      const before = lastPublication(bulletin);
      const changes = changesBetween(before.figures, figures);
      const isSame = changes.length === 0 && !isDraftChanged(bulletin);
      // What was withdrawn is published again by it, be it unchanged.
      if (isSame && bulletin.status === 'published') return [];
      assertAddsUp([...broken, ...unexplained({ before: before.figures, after: figures, changes, causes })]);
      const happened = { occurredAt: now, by, revision: before.revision + 1 };
      const contents = bulletin.draft;
      return [
        { type: 'BulletinRevised', ...happened, contents, figures, changes },
        ...explanations(changes, causes).map((part): RevisionExplained => ({
          type: 'RevisionExplained',
          ...happened,
          causes: part,
        })),
      ];
    }
  }
};

const deleteDraft = ({ by }: DeleteDraftCommand, bulletin: Bulletin, now: Instant): BulletinEvent[] => {
  if (bulletin.status === 'unwritten') throw new BulletinRefusal('bulletin-not-found');
  if (bulletin.status !== 'draft') throw new BulletinRefusal('bulletin-published');
  return [{ type: 'DraftDeleted', occurredAt: now, by }];
};

const withdraw = (
  { by, reason }: WithdrawBulletinCommand,
  bulletin: Bulletin,
  now: Instant,
): BulletinEvent[] => {
  switch (bulletin.status) {
    case 'unwritten':
      throw new BulletinRefusal('bulletin-not-found');
    case 'draft':
      throw new BulletinRefusal('not-published');
    case 'withdrawn':
      return [];
    case 'published': {
      const { revision } = lastPublication(bulletin);
      return [{ type: 'BulletinWithdrawn', occurredAt: now, by, revision, reason }];
    }
  }
};

const assertAddsUp = (broken: readonly BrokenInvariant[]): void => {
  if (broken.length > 0) throw new BulletinRefusal('figures-do-not-add-up', { broken });
};

// Differences -------------------------------------------------------------------------------------------------

const noFigures = Object.fromEntries(figureNames.map((name) => [name, 0])) as PublishedFigures;

/** The figures of a day, in total and by establishment. */
type DayFigures = Pick<KnownFigures, 'total' | 'establishments'>;

const of = ({ establishments }: DayFigures, code: string): PublishedFigures =>
  establishments.find((establishment) => establishment.code === code) ?? noFigures;

/** The figures that differ. */
export const changesOf = (
  before: PublishedFigures,
  after: PublishedFigures,
): Omit<FigureChange, 'establishment'>[] =>
  figureNames
    .map((figure) => ({ figure, from: before[figure], to: after[figure] }))
    .filter(({ from, to }) => from !== to);

/** The figures that differ at each establishment, sorted by its code. */
export const changesBetween = (before: DayFigures, after: DayFigures): FigureChange[] =>
  [...new Set([...before.establishments, ...after.establishments].map(({ code }) => code))]
    .sort()
    .flatMap((establishment) =>
      changesOf(of(before, establishment), of(after, establishment)).map((change) => ({
        establishment,
        ...change,
      })),
    );

/** A changed figure of one establishment; without an establishment, of the total. */
export type ContentDifference = Omit<FigureChange, 'establishment'> & Partial<FigureChange>;

/** The figures that differ: those of the total first, then those of each establishment. */
export const differencesBetween = (before: DayFigures, after: DayFigures): ContentDifference[] => [
  ...changesOf(before.total, after.total),
  ...changesBetween(before, after),
];

/** The differences that the causes do not add up to; none where the figures were counted by different definitions. */
const unexplained = ({
  before,
  after,
  changes,
  causes,
}: {
  before: KnownFigures;
  after: KnownFigures;
  changes: readonly FigureChange[];
  causes: readonly Cause[];
}): BrokenInvariant[] => {
  if (before.definitionsVersion !== after.definitionsVersion) return [];
  const differences = new Map<string, BrokenInvariant>();
  const at = (establishment: string, figure: FigureName): BrokenInvariant => {
    const key = `${establishment} ${figure}`;
    const known = differences.get(key) ?? {
      invariant: `causes-explain-${figure}`,
      establishment,
      expected: 0,
      actual: 0,
    };
    differences.set(key, known);
    return known;
  };
  for (const { establishment, figure, from, to } of changes) at(establishment, figure).expected = to - from;
  for (const { establishment, delta } of causes) {
    for (const figure of figureNames) at(establishment, figure).actual += delta[figure] ?? 0;
  }
  return [...differences.values()].filter(({ expected, actual }) => expected !== actual);
};

/** Causes in one event. An event of the log can have 1 MB, which is some 3 000 causes. */
const maxCauses = 1000;

/** The causes of the changed figures, in parts. Causes that cancel each other out, so that no figure changed, are left out. */
const explanations = (changes: readonly FigureChange[], causes: readonly Cause[]): Cause[][] => {
  const changed = new Set(changes.map(({ establishment, figure }) => `${establishment} ${figure}`));
  const explaining = causes.filter(({ establishment, delta }) =>
    figureNames.some((figure) => delta[figure] !== undefined && changed.has(`${establishment} ${figure}`)),
  );
  const parts: Cause[][] = [];
  for (let first = 0; first < explaining.length; first += maxCauses) {
    parts.push(explaining.slice(first, first + maxCauses));
  }
  return parts;
};

/** The sections, and the relevés by code and day, in which two texts differ. */
export const textChanges = (
  before: Contents,
  after: Contents,
): {
  sections: SectionName[];
  releves: { code: string; day: string; from: Releve | null; to: Releve | null }[];
} => {
  const old = new Map(before.releves.map((releve) => [keyOf(releve), releve]));
  const current = new Map(after.releves.map((releve) => [keyOf(releve), releve]));
  const all = new Map([...old, ...current]);
  return {
    sections: sectionNames.filter((name) => !same(before.sections[name], after.sections[name])),
    releves: [...all]
      .map(([key, { code, day }]) => ({
        code,
        day,
        from: old.get(key) ?? null,
        to: current.get(key) ?? null,
      }))
      .filter(({ from, to }) => !same(from, to)),
  };
};

const keyOf = ({ code, day }: Releve): string => `${day} ${code}`;

// Evolve ------------------------------------------------------------------------------------------------------

export const evolveBulletin = (bulletin: Bulletin, event: BulletinEvent): Bulletin => {
  switch (event.type) {
    case 'BulletinDrafted': {
      const { contents, occurredAt, by } = event;
      const before = bulletin.status === 'unwritten' ? undefined : bulletin;
      return {
        status: before?.status ?? 'draft',
        draft: contents,
        draftedAt: occurredAt,
        draftedBy: by,
        publications: before?.publications ?? [],
        withdrawals: before?.withdrawals ?? [],
        writtenReleves: [
          ...(before?.writtenReleves ?? []),
          ...contents.releves
            .filter((releve) => !before?.draft.releves.some((known) => same(known, releve)))
            .map((releve) => ({ ...releve, writtenAt: occurredAt, writtenBy: by })),
        ],
      };
    }
    case 'BulletinPublished':
      return withPublication(written(bulletin), { ...event, changes: [] });
    case 'BulletinRevised':
      return withPublication(written(bulletin), event);
    case 'DraftDeleted':
      return unwritten;
    case 'BulletinWithdrawn': {
      const before = written(bulletin);
      const { revision, reason, occurredAt: withdrawnAt, by: withdrawnBy } = event;
      const withdrawal = { revision, reason, withdrawnAt, withdrawnBy };
      return { ...before, status: 'withdrawn', withdrawals: [...before.withdrawals, withdrawal] };
    }
    case 'RevisionExplained': {
      const before = written(bulletin);
      const last = lastPublication(before);
      const explained = { ...last, causes: [...last.causes, ...event.causes] };
      return { ...before, publications: [...before.publications.slice(0, -1), explained] };
    }
  }
};

const withPublication = (
  bulletin: WrittenBulletin,
  event: Omit<BulletinPublished | BulletinRevised, 'type'> & Pick<Publication, 'changes'>,
): WrittenBulletin => {
  const { revision, contents, figures, changes, occurredAt, by, log, signature } = event;
  const publication = {
    ...{ revision, contents, figures, changes, log, signature },
    causes: [],
    publishedAt: occurredAt,
    publishedBy: by,
  };
  return { ...bulletin, status: 'published', publications: [...bulletin.publications, publication] };
};

const written = (bulletin: Bulletin): WrittenBulletin => {
  if (bulletin.status === 'unwritten') throw new Error('a bulletin begins with its draft');
  return bulletin;
};

// Questions ---------------------------------------------------------------------------------------------------

export const lastPublication = ({ publications }: WrittenBulletin): Publication => {
  const last = publications.at(-1);
  if (!last) throw new Error('nothing was published yet');
  return last;
};

/** The withdrawal that holds; undefined where what was published last stands. */
export const currentWithdrawal = ({ status, withdrawals }: WrittenBulletin): Withdrawal | undefined =>
  status === 'withdrawn' ? withdrawals.at(-1) : undefined;

/** Whether the draft differs from the last publication; false before the first. */
export const isDraftChanged = ({ draft, publications }: WrittenBulletin): boolean => {
  const last = publications.at(-1);
  return last !== undefined && !isSameText(draft, last.contents);
};

/** Whether two contents are equal, regardless of the order of their members. */
export const isSameText = (a: Contents, b: Contents): boolean => same(a, b);

/** Whether the JSON of two values is equal, regardless of the order of members. */
const same = (a: unknown, b: unknown): boolean => canonicalJson(a) === canonicalJson(b);
