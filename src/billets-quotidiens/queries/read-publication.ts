import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import { queryWithDeadline } from '../../platform/database/query-with-deadline.js';
import type { Day } from '../../calendar/local-days.js';

/** Which bulletin told of a day's figures last, as which revision. */
export interface PublishedIn {
  bulletin: string;
  revision: number;
}

/** The newest publication of a day's figures; undefined where there is none. */
export class ReadPublication extends Query<PublishedIn | undefined> {
  constructor(readonly day: Day) {
    super();
  }
}

const select = `
  SELECT bulletin::text, revision FROM billets_quotidiens.published_days WHERE day = $1 ORDER BY position DESC LIMIT 1`;

@QueryHandler(ReadPublication)
export class ReadPublicationHandler implements IQueryHandler<ReadPublication> {
  constructor(private readonly database: DataSource) {}

  async execute({ day }: ReadPublication): Promise<PublishedIn | undefined> {
    const [row] = await queryWithDeadline<PublishedIn>(this.database, { text: select, values: [day] });
    return row;
  }
}
