import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ReadDailyFigures, ReadPublication } from '../../../billets-quotidiens/index.js';
import {
  cautionsBefore,
  cautionsBeforeRevision,
  findUnprintable,
  type Caution,
} from '../../../bulletins/index.js';
import type { Day } from '../../../calendar/local-days.js';
import { StartingPoint } from '../editor/starting-point.js';
import type { BulletinState } from '../reading/bulletin-state.js';

/** Finds what is probably a mistake in a draft that is about to be published. */
@Injectable()
export class ReadCautions {
  constructor(
    private readonly queries: QueryBus,
    private readonly startingPoint: StartingPoint,
  ) {}

  async of({ snapshot }: BulletinState, today: Day): Promise<Caution[]> {
    const { date, bulletin } = snapshot;
    const contents = bulletin.draft;
    const { ticketDay } = contents;
    const [publication, days, last, unprintable] = await Promise.all([
      this.queries.execute(new ReadPublication(contents.ticketDay)),
      this.queries.execute(new ReadDailyFigures(ticketDay, ticketDay)),
      this.startingPoint.earlier(date),
      findUnprintable(contents),
    ]);
    const opened = days.reduce((sum, day) => sum + (day.status === 'future' ? 0 : day.total.opened), 0);
    const publishedBy = publication?.bulletin;
    return cautionsBefore({ date, contents, today, opened, publishedBy, last, unprintable });
  }

  async ofRevision({ snapshot }: BulletinState): Promise<Caution[]> {
    const contents = snapshot.bulletin.draft;
    return cautionsBeforeRevision(contents, await findUnprintable(contents));
  }
}
