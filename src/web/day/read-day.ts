import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import {
  FiguresProgress,
  begunDay,
  ReadDailyFigures,
  ReadLateEvents,
  ReadPublication,
} from '../../billets-quotidiens/index.js';
import { BulletinRepository } from '../../bulletins/index.js';
import type { Day } from '../../calendar/local-days.js';
import type { ShownDay } from './day.page.js';
import type { PublishedDayView } from './published.section.js';

/** Reads the data of the page of a day. */
@Injectable()
export class ReadDay {
  constructor(
    private readonly queries: QueryBus,
    private readonly bulletins: BulletinRepository,
    private readonly progress: FiguresProgress,
  ) {}

  /** The data of a day; undefined where the day has not begun. */
  async read(date: Day): Promise<ShownDay | undefined> {
    const [behind, [figures], late, published] = await Promise.all([
      this.progress.behind(),
      this.queries.execute(new ReadDailyFigures(date, date)),
      this.queries.execute(new ReadLateEvents(date, date, undefined)),
      this.published(date),
    ]);
    if (figures?.status === 'future') return undefined;
    return { figures: begunDay(figures), behind, late: late.get(date), published };
  }

  /** The figures of the day that its bulletin has frozen. */
  private async published(date: Day): Promise<PublishedDayView | undefined> {
    const found = await this.queries.execute(new ReadPublication(date));
    if (!found) return undefined;
    const { bulletin, revision } = found;
    const { publications } = (await this.bulletins.written(bulletin)).bulletin;
    const publication = publications[revision - 1];
    if (!publication) throw new Error(`bulletin ${bulletin} has no publication ${revision}`);
    return { bulletin, revision, figures: publication.figures };
  }
}
