import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { projections } from '../../../src/boot/registry.js';
import { statement, type Sql } from '../../../src/platform/database/sql.js';
import {
  callAppend,
  callAppendWithVerdicts,
} from '../../../src/platform/event-store/postgres/appending/append-statements.js';
import { createProjectionBed, type ProjectionBed } from '../../support/projections/projections.js';
import { catalogue } from '../../support/statements/index.js';
import { insertManyRows } from '../../support/statements/many-rows.js';

let bed: ProjectionBed;
beforeAll(async () => {
  bed = await createProjectionBed();
  // Running the projections creates their tables; they are stopped so that they leave the inserted rows alone.
  await (await bed.run(projections)).stop();
  await insertManyRows(bed);
});
afterAll(() => bed.close());

interface Plan {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  Plans?: Plan[];
}

const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];

const planOf = async (query: Sql): Promise<Plan[]> => {
  const { text, values } = statement(query);
  const [row] = await bed.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(`EXPLAIN (FORMAT JSON) ${text}`, values);
  return nodesOf(row!['QUERY PLAN'][0].Plan);
};

const queryOf = (file: string, builder: string, form: string): Sql => {
  const found = catalogue[file]?.find(
    (catalogued) => catalogued.builder === builder && catalogued.form === form,
  );
  if (!found) throw new Error(`${builder}: ${form} is not in docs/sql/${file}.sql`);
  return found.query;
};

const backlogOfOne = 'backlog of one establishment';
const resolutionsByTeam = 'resolutions of some establishments, as of a position, by team';

/** Statements sent with every request, and the index each must use. Indexes of projections are numbered in the order of their tables. */
const hot: [file: string, builder: string, form: string, index: string, table: string][] = [
  ['desk-list', 'selectTicketPage', 'first page by priority', 'tickets_4', 'tickets'],
  ['desk-list', 'selectTicketPage', 'first page by -priority', 'tickets_4', 'tickets'],
  ['desk-list', 'selectTicketPage', 'first page by age', 'tickets_5', 'tickets'],
  ['desk-list', 'selectTicketPage', 'first page by -age', 'tickets_5', 'tickets'],
  ['desk-list', 'selectTicketPage', 'first page by updated', 'tickets_6', 'tickets'],
  ['desk-list', 'selectTicketPage', 'first page by -updated', 'tickets_6', 'tickets'],
  ['desk-list', 'selectTicketPage', 'next page by priority', 'tickets_4', 'tickets'],
  // Active tickets are so few that sorting them is faster than reading all tickets in order.
  ['desk-list', 'selectTicketPage', 'of active tickets', 'tickets_3', 'tickets'],
  ['desk-list', 'selectTicketPage', 'of active tickets, with counts', 'tickets_3', 'tickets'],
  ['desk-list', 'selectListChanges', '', 'tickets_6', 'tickets'],
  ['desk-list', 'selectListChanges', '', 'departures_pkey', 'departures'],
  ['desk-changes', 'selectChanges', 'after a position', 'tickets_6', 'tickets'],
  ['desk-changes', 'selectChanges', 'after a position', 'departures_1', 'departures'],
  ['desk-search', 'selectFirst', 'by relevance, in few weeks', 'ticket_texts_4', 'ticket_texts'],
  ['desk-search', 'selectFirst', 'by relevance, the rest', 'ticket_texts_2', 'ticket_texts'],
  ['desk-search', 'selectAlike', '', 'known_words_1', 'known_words'],
  ['access-log', 'selectAccesses', 'everybody’s', 'accesses_at', 'accesses'],
  ['access-log', 'selectAccesses', 'everybody’s, the next page', 'accesses_at', 'accesses'],
  ['access-log', 'selectAccesses', 'of a range', 'accesses_at', 'accesses'],
  ['access-log', 'selectAccesses', 'of a person', 'accesses_person', 'accesses'],
  ['access-log', 'selectAccesses', 'of a person, the next page', 'accesses_person', 'accesses'],
  ['access-log', 'selectAccesses', 'of a ticket', 'accesses_tickets', 'accesses'],
  ['access-log', 'selectAccesses', 'of a ticket, a person and a range', 'accesses_tickets', 'accesses'],
  ['access-log', 'selectAlerts', '', 'accesses_alerts', 'accesses'],
  ['access-log', 'selectChainedAccesses', '', 'accesses_pkey', 'accesses'],
  ['event-store', 'selectStreams', '', 'events_stream_revision_key', 'events'],
  ['event-store', 'selectLog', '', 'events_pkey', 'events'],
  ['event-store', 'selectEventAt', '', 'events_pkey', 'events'],
  ['figures-queries', 'selectFigures', '', 'daily_figures_1', 'daily_figures'],
  ['figures-queries', 'selectFiguresAsOf', 'as of a position', 'recorded_figures_1', 'recorded_figures'],
  ['figures-queries', 'selectFiguresAsOf', 'as of a position', 'figure_entries_2', 'figure_entries'],
  ['figures-queries', 'selectFiguresAsOf', 'as of an instant', 'recorded_figures_1', 'recorded_figures'],
  ['figures-queries', 'selectFiguresAsOf', 'as of an instant', 'figure_entries_1', 'figure_entries'],
  ['figures-queries', 'selectFigureItems', 'opened', 'figure_entries_2', 'figure_entries'],
  ['figures-queries', 'selectFigureItems', 'backlog', 'activity_spells_1', 'activity_spells'],
  ['figures-queries', 'selectFigureItems', 'backlog', 'activity_spells_2', 'activity_spells'],
  ['figures-queries', 'selectFigureItems', 'backlog', 'activity_spells_3', 'activity_spells'],
  ['figures-queries', 'selectFigureItems', backlogOfOne, 'activity_spells_4', 'activity_spells'],
  ['figures-queries', 'selectLastCountedDay', '', 'daily_figures_1', 'daily_figures'],
  ['figures-queries', 'selectZonesOfDay', '', 'recorded_figures_1', 'recorded_figures'],
  ['figures-queries', 'selectCountsUntil', '', 'figure_entries_2', 'figure_entries'],
  ['figures-queries', 'selectActive', '', 'activity_spells_1', 'activity_spells'],
  ['figures-queries', 'selectActive', '', 'priority_changes_pkey', 'priority_changes'],
  ['reports-queries', 'selectReport', 'responses', 'versions_1', 'versions'],
  ['reports-queries', 'selectReport', 'responses, as of a position, by team', 'versions_2', 'versions'],
  ['reports-queries', 'selectReport', 'resolutions, by establishment', 'resolutions_1', 'resolutions'],
  ['reports-queries', 'selectReport', resolutionsByTeam, 'resolutions_1', 'resolutions'],
  ['reports-queries', 'selectReport', resolutionsByTeam, 'versions_pkey', 'versions'],
  ['reports-queries', 'selectReport', 'ageing', 'spells_1', 'spells'],
  ['reports-queries', 'selectReport', 'ageing, as of a position, by category', 'spells_1', 'spells'],
  ['reports-queries', 'selectReport', 'ageing, as of a position, by category', 'spells_2', 'spells'],
  ['reports-queries', 'selectReport', 'ageing, as of a position, by category', 'versions_pkey', 'versions'],
  ['reports-queries', 'selectReport', 'reopened, as of a position, by day', 'resolutions_1', 'resolutions'],
  ['reports-queries', 'selectReportTickets', 'responses', 'versions_2', 'versions'],
  ['reports-queries', 'selectReportTickets', 'ageing, of an age', 'spells_2', 'spells'],
  ['reports-queries', 'selectPositionByInstant', '', 'versions_4', 'versions'],
  ['reports-queries', 'selectRecordedAt', '', 'versions_3', 'versions'],
  ['tickets', 'selectRelated', 'as many as asked for', 'relations_1', 'relations'],
];

describe('a statement sent with every request uses an index', () => {
  it.each(hot)('%s %s %s: %s', async (file, builder, form, index, table) => {
    const plan = await planOf(queryOf(file, builder, form));
    expect(plan.flatMap((node) => node['Index Name'] ?? [])).toContain(index);
    const scanned = plan
      .filter((node) => node['Node Type'] === 'Seq Scan')
      .map((node) => node['Relation Name']);
    expect(scanned).not.toContain(table);
  });
});

/** EXPLAIN does not show the plans within a function: PostgreSQL's statistics count its sequential scans. */
it('an append finds its streams and events by their indexes, without any sequential scan', async () => {
  const scans = async (): Promise<number> => {
    const [row] = await bed.query<{ scans: number }>(
      `SELECT seq_scan::integer AS scans FROM pg_stat_user_tables WHERE schemaname = 'event_store' AND relname = 'events'`,
    );
    return row!.scans;
  };
  const append = (stream: string, number: number) => {
    const id = `00000000-0000-7000-9000-00000000000${number}`;
    return { stream, expectedRevision: 0, events: [{ id, type: 'thing-happened', data: {}, metadata: {} }] };
  };
  const before = await scans();
  await bed.transaction(async (query) => {
    for (const call of [
      callAppend([append('ticket-new-1', 1)]),
      callAppendWithVerdicts([append('ticket-new-2', 2)]),
    ]) {
      const { text, values } = statement(call);
      expect(await query(text, values)).toHaveLength(1);
    }
    await query('SELECT pg_stat_force_next_flush()');
  });
  expect(await scans()).toBe(before);
});
