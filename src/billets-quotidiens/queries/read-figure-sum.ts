import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Pool } from 'pg';
import { sql, type Sql } from '../../platform/database/sql.js';
import { queryWithDeadline } from '../../platform/database/query-with-deadline.js';
import type { Day } from '../../calendar/local-days.js';
import type { Figures } from '../figures.js';
import { figureItems, type FigureItemsSelection } from '../sql/select-figure-items.js';

/** The sums of a figure's items: `added − takenBack` is the figure. */
export interface FigureSum {
  items: number;
  added: number;
  takenBack: number;
}

/** Sums all the items that ReadFigureItems gives page by page. */
export class ReadFigureSum extends Query<FigureSum> {
  constructor(
    readonly day: Day,
    readonly figure: keyof Figures,
    /** The code of an establishment; undefined for all. */
    readonly establishment: string | undefined,
    /** The position as of which the figure is read. */
    readonly knownAt: bigint,
  ) {
    super();
  }
}

export const selectFigureSum = (selection: FigureItemsSelection): Sql => sql`
  ${figureItems(selection)}
  SELECT count(*)::integer AS items, coalesce(sum(delta) FILTER (WHERE delta > 0), 0)::integer AS added,
         coalesce(-sum(delta) FILTER (WHERE delta < 0), 0)::integer AS "takenBack"
    FROM items`;

@QueryHandler(ReadFigureSum)
export class ReadFigureSumHandler implements IQueryHandler<ReadFigureSum> {
  constructor(private readonly pool: Pool) {}

  async execute({ day, figure, establishment, knownAt }: ReadFigureSum): Promise<FigureSum> {
    const selection = { figure, day, establishment, knownAt };
    const [sum] = await queryWithDeadline<FigureSum>(this.pool, selectFigureSum(selection));
    if (!sum) throw new Error('a sum over no rows is a row');
    return sum;
  }
}
