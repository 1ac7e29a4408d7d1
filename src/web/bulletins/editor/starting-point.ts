import { Injectable } from '@nestjs/common';
import { BulletinRepository, type Contents } from '../../../bulletins/index.js';
import { dayBefore, type Day } from '../../../calendar/local-days.js';
import type { Earlier } from './releves/offered-releves.js';

/** How many days back a bulletin may lie that another one starts from. */
const maxGapDays = 14;

/** What a bulletin that nobody has written yet begins as. */
@Injectable()
export class StartingPoint {
  constructor(private readonly bulletins: BulletinRepository) {}

  /** The last bulletin before a date, as it was published, or as far as it is written. */
  async earlier(date: Day): Promise<Earlier | undefined> {
    const written = await this.bulletins.writtenBetween(dayBefore(date, maxGapDays), dayBefore(date));
    const last = written.at(-1);
    if (!last) return undefined;
    const { publications, draft } = last.bulletin;
    return { date: last.date, contents: publications.at(-1)?.contents ?? draft };
  }
}

/** The tickets of the day before, and the texts of the last bulletin; none of its figures. */
export const beginning = (date: Day, earlier: Earlier | undefined): Contents => ({
  ticketDay: dayBefore(date),
  sections: earlier?.contents.sections ?? {},
  releves: [],
});
