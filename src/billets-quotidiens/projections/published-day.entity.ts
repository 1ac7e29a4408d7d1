import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day } from '../../calendar/local-days.js';

/** One publication of a day's figures. The projection `published-days` writes these rows; nothing else does. */
@Entity({ schema: 'billets_quotidiens', name: 'published_days', synchronize: false })
export class PublishedDayEntity {
  @PrimaryColumn('date')
  day!: Day;

  /** The date of the bulletin that published the figures. */
  @PrimaryColumn('date')
  bulletin!: string;

  @PrimaryColumn('integer')
  revision!: number;

  /** The position of the publication in the log. */
  @Column('bigint')
  position!: string;

  @Column('timestamptz', { name: 'recorded_at' })
  recordedAt!: Date;
}
