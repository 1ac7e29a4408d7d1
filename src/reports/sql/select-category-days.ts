import { sql, type Sql } from '../../platform/database/sql.js';
import type { Instant } from '../../shared/instant.js';
import type { Category } from '../../shared/vocabulary.js';
import type { Selection } from '../report.js';
import { chosenTickets } from './chosen-tickets.js';

/** The tickets of a category that were opened, or resolved, on a day. */
export interface CategoryDayRow {
  figure: 'opened' | 'resolved';
  day: string;
  category: Category;
  tickets: number;
}

/** What days brought by category, as is served now: one row a figure, day and category that has any. */
export const selectCategoryDays = (days: Omit<Selection, 'report'>, at: Instant): Sql => {
  const known = { position: undefined, at, ends: [] };
  const rows = (report: 'responses' | 'resolutions') =>
    chosenTickets({ ...days, report }, known, { withNames: true });
  return sql`
    SELECT 'opened' AS figure, day::text, category, count(*)::integer AS tickets
      FROM (${rows('responses')}) AS opened GROUP BY day, category
     UNION ALL
    SELECT 'resolved', day::text, category, count(*)::integer
      FROM (${rows('resolutions')}) AS resolved GROUP BY day, category`;
};
