import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { selectFigureItems } from '../../../src/billets-quotidiens/queries/read-figure-items.js';
import { selectFigureSum } from '../../../src/billets-quotidiens/queries/read-figure-sum.js';
import { ActivitySpells } from '../../../src/billets-quotidiens/projections/activity-spells.projection.js';
import type {
  FigureItemsSelection,
  ZoneDay,
} from '../../../src/billets-quotidiens/sql/select-figure-items.js';
import { endOfDay, localDay, startOfDay } from '../../../src/calendar/local-days.js';
import { statement, type Sql } from '../../../src/platform/database/sql.js';
import { instant, type Instant } from '../../../src/shared/instant.js';
import { budgeted } from '../../support/budget.js';
import { createProjectionBed, type ProjectionBed } from '../../support/projections/projections.js';

const zones = {
  NIM: 'America/Toronto',
  TYO: 'Asia/Tokyo',
  HNL: 'Pacific/Honolulu',
  KIR: 'Pacific/Kiritimati',
};
type Code = keyof typeof zones;
const codes = Object.keys(zones) as Code[];
const hourMs = 3_600_000;
const begunMs = Date.UTC(2024, 10, 1);
/** Hours around the ends of a few days in four years, where zones differ about the day. */
const hours = fc
  .tuple(fc.constantFrom(0, 61, 366, 731, 1_097), fc.integer({ min: -30, max: 60 }))
  .map(([days, hour]) => days * 24 + hour);
const lastPosition = 200;

interface Spell {
  establishment: Code;
  reprioritized: boolean;
  fromPosition: number;
  fromAt: Instant;
  until: { position: number; at: Instant } | undefined;
}

/** Spells in the order in which they were recorded, whenever they began: some are written down years later. */
const spells = fc
  .array(
    fc.record({
      establishment: fc.constantFrom(...codes),
      reprioritized: fc.boolean(),
      hour: hours,
      ended: fc.option(
        fc.record({
          later: fc.integer({ min: 1, max: 60 }),
          hours: fc.oneof(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 20_000 })),
        }),
        { freq: 2 },
      ),
    }),
    { minLength: 1, maxLength: 120 },
  )
  .map((made) =>
    made.map(({ establishment, reprioritized, hour, ended }, index): Spell => ({
      ...{ establishment, reprioritized, fromPosition: index + 1 },
      fromAt: instant(begunMs + hour * hourMs),
      until: ended
        ? { position: index + 1 + ended.later, at: instant(begunMs + (hour + ended.hours) * hourMs) }
        : undefined,
    })),
  );

const questions = fc.array(
  fc.record({
    hour: hours,
    known: fc.oneof(fc.constant(lastPosition), fc.integer({ min: 0, max: lastPosition })),
    establishment: fc.option(fc.constantFrom(...codes), { nil: undefined }),
    zone: fc.option(fc.constantFrom(...Object.values(zones)), { nil: undefined }),
    limit: fc.integer({ min: 1, max: 9 }),
  }),
  { minLength: 5, maxLength: 10 },
);

/** The positions of the spells that are active at the end of the selection's day, as known then, by looking at each. */
const activeAmong = (all: readonly Spell[], selection: FigureItemsSelection): number[] => {
  const { day, establishment, knownAt, zone } = selection;
  return all
    .filter((spell) => {
      const dayOf = (at: Instant) => localDay(at, zones[spell.establishment]);
      const { until } = spell;
      const hasBegun = zone ? spell.fromAt < zone.end : dayOf(spell.fromAt) <= day;
      const isEnded =
        until !== undefined &&
        BigInt(until.position) <= knownAt &&
        (zone ? until.at < zone.end : dayOf(until.at) <= day);
      const isKnown = BigInt(spell.fromPosition) <= knownAt;
      return (
        hasBegun && !isEnded && isKnown && [undefined, spell.establishment].includes(establishment as Code)
      );
    })
    .map(({ fromPosition }) => fromPosition);
};

describe('the tickets behind a backlog', () => {
  let bed: ProjectionBed;
  beforeAll(async () => {
    bed = await createProjectionBed();
    await (await bed.run([ActivitySpells])).stop();
  });
  afterAll(() => bed.close());

  const read = <Row extends object>(query: Sql): Promise<Row[]> => {
    const { text, values } = statement(query);
    return bed.query<Row>(text, values);
  };

  const insert = async (all: readonly Spell[]): Promise<void> => {
    await bed.query('TRUNCATE projection_activity_spells_1.activity_spells');
    for (const { establishment, reprioritized, fromPosition, fromAt, until } of all) {
      const dayOf = (at: Instant) => localDay(at, zones[establishment]);
      await bed.query(
        `INSERT INTO billets_quotidiens.activity_spells (ticket_id, from_revision, establishment, priority, reprioritized, opened_at,
                from_position, from_day, from_at, from_recorded_at, until_position, until_day, until_at)
         VALUES ($1, 1, $2, 'P2', $3, $5, $4, $6, $5, $5, $7, $8, $9)`,
        [
          ...[randomUUID(), establishment, reprioritized, fromPosition, fromAt, dayOf(fromAt)],
          ...[until?.position, until && dayOf(until.at), until?.at],
        ],
      );
    }
  };

  const pages = async (selection: FigureItemsSelection, limit: number): Promise<number[]> => {
    const found: number[] = [];
    for (let after = 0n; ;) {
      const rows = await read<{ position: string }>(selectFigureItems(selection, { after, limit }));
      const page = rows.slice(0, limit).map(({ position }) => Number(position));
      found.push(...page);
      expect(rows.length).toBeLessThanOrEqual(limit + 1);
      if (rows.length <= limit) return found;
      after = BigInt(page.at(-1)!);
    }
  };

  it('are, page by page, those that a look at each spell finds, in the order of the log', async () => {
    await fc.assert(
      fc.asyncProperty(spells, questions, async (all, asked) => {
        await insert(all);
        for (const { hour, known, establishment, zone: timeZone, limit } of asked) {
          const day = localDay(instant(begunMs + hour * hourMs), 'UTC');
          const zone: ZoneDay | undefined = timeZone
            ? {
                timeZone,
                start: instant(startOfDay(day, timeZone)),
                end: instant(endOfDay(day, timeZone)),
              }
            : undefined;
          const selection = { figure: 'backlog', day, establishment, knownAt: BigInt(known), zone } as const;
          const expected = activeAmong(all, selection);
          expect(await pages(selection, limit)).toEqual(expected);
          const [sum] = await read(selectFigureSum(selection));
          expect(sum).toEqual({ items: expected.length, added: expected.length, takenBack: 0 });
        }
      }),
      { numRuns: budgeted(15) },
    );
  });
});
