import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import type { Day } from '../../calendar/local-days.js';
import { stands } from '../projections/published-days.projection.js';
import { PublishedDayEntity } from '../projections/published-day.entity.js';

/** The bulletin that last published a day's figures, and its revision. */
export interface PublishedIn {
  bulletin: string;
  revision: number;
}

/** The newest publication of a day's figures that stands; undefined where there is none. */
export class ReadPublication extends Query<PublishedIn | undefined> {
  constructor(readonly day: Day) {
    super();
  }
}

@QueryHandler(ReadPublication)
export class ReadPublicationHandler implements IQueryHandler<ReadPublication> {
  constructor(private readonly database: DataSource) {}

  async execute({ day }: ReadPublication): Promise<PublishedIn | undefined> {
    const newest = await this.database
      .getRepository(PublishedDayEntity)
      .createQueryBuilder('published')
      .where('published.day = :day', { day })
      .andWhere(stands('published'))
      .orderBy('published.position', 'DESC')
      .getOne();
    return newest ? { bulletin: newest.bulletin, revision: newest.revision } : undefined;
  }
}
