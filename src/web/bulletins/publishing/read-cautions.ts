import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ReadPublication } from '../../../billets-quotidiens/index.js';
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
    const [publication, last, unprintable] = await Promise.all([
      this.queries.execute(new ReadPublication(contents.ticketDay)),
      this.startingPoint.earlier(date),
      findUnprintable(contents),
    ]);
    return cautionsBefore({ date, contents, today, publishedBy: publication?.bulletin, last, unprintable });
  }

  async ofRevision({ snapshot }: BulletinState): Promise<Caution[]> {
    return cautionsBeforeRevision(await findUnprintable(snapshot.bulletin.draft));
  }
}
