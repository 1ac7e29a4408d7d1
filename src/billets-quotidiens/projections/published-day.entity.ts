import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day } from '../../calendar/local-days.js';

/** One publication of a day's figures, as `published-days` keeps it: rows are written by the projection alone. */
@Entity({ schema: 'billets_quotidiens', name: 'published_days', synchronize: false })
export class PublishedDayEntity {
  @PrimaryColumn('date')
  day!: Day;

  /** The date of the bulletin that told of it. */
  @PrimaryColumn('date')
  bulletin!: string;

  @PrimaryColumn('integer')
  revision!: number;

  /** Where in the log it was published. */
  @Column('bigint')
  position!: string;

  @Column('timestamptz', { name: 'recorded_at' })
  recordedAt!: Date;
}
