import { Injectable } from '@nestjs/common';
import { BulletinRepository, type Contents } from '../../../bulletins/index.js';
import { dayBefore, type Day } from '../../../calendar/local-days.js';
import type { Earlier } from './releves/offered-releves.js';

/** How many days before a new bulletin the one it starts from may be. */
const maxGapDays = 14;

/** Finds the earlier bulletin from which a new one starts. */
@Injectable()
export class StartingPoint {
  constructor(private readonly bulletins: BulletinRepository) {}

  /** The last bulletin before a date: its newest publication, else its draft; undefined where there is none in two weeks. */
  async earlier(date: Day): Promise<Earlier | undefined> {
    const written = await this.bulletins.writtenBetween(dayBefore(date, maxGapDays), dayBefore(date));
    const last = written.at(-1);
    if (!last) return undefined;
    const { publications, draft } = last.bulletin;
    return { date: last.date, contents: publications.at(-1)?.contents ?? draft };
  }
}

/** The contents of a new draft: the ticket day before the date, the texts of the earlier bulletin and whether it had a chart, and none of its figures. */
export const beginning = (date: Day, earlier: Earlier | undefined): Contents => ({
  ticketDay: dayBefore(date),
  sections: earlier?.contents.sections ?? {},
  releves: [],
  ...(earlier?.contents.weekChart && { weekChart: true }),
});
