import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import { Jobs } from '../../platform/jobs/jobs.js';
import { LOGGER } from '../../platform/observability/logger.js';
import { Clock } from '../../shared/clock.js';
import type { PeriodicTask } from '../../shared/concurrency/periodic-task.js';
import { isAfter } from '../../shared/instant.js';
import { ErasedFiles, TicketAttachments } from '../../tickets/index.js';
import { AttachmentStore } from './attachment-store.js';
import { FileVault } from './file-vault.js';
import type { StoredObject } from './object-statements.js';
import { ObjectTable } from './object-table.js';

const pauseMs = 10 * 60_000;
const batchSize = 200;
/** Twice as long as an upload may take: whatever is older has no upload any more. */
const abandonedMs = 60 * 60_000;

/** Deletes bytes that nobody may have: those of erased tickets, and what a process that ended has left. All at the start, then again. */
@Injectable()
export class AttachmentSweeper extends ErasedFiles implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly task: PeriodicTask;

  constructor(
    private readonly tickets: TicketAttachments,
    private readonly vault: FileVault,
    private readonly store: AttachmentStore,
    private readonly objects: ObjectTable,
    private readonly clock: Clock,
    jobs: Jobs,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    super();
    this.task = jobs.periodic('attachment-sweeper', () => this.sweep(), {
      pauseMs,
      onError: (error) => this.logger.warn({ err: error }, 'files are swept again later'),
    });
  }

  onApplicationBootstrap(): void {
    this.task.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.task.stop();
    await this.store.close();
  }

  async sweep(): Promise<void> {
    await this.store.sweep();
    await this.all(
      () => this.objects.erased(batchSize),
      (object) => this.remove(object),
    );
    await this.all(
      () => this.objects.infected(batchSize),
      async (object) => {
        await this.vault.delete(fileOf(object));
        await this.objects.emptied(object.attachment_id);
      },
    );
    const before = isAfter(this.clock.now(), -abandonedMs);
    await this.all(
      () => this.objects.unfinished(before, batchSize),
      (object) => this.settle(object),
    );
  }

  async delete(ticketId: string): Promise<void> {
    try {
      for (const attachmentId of await this.tickets.idsOf(ticketId))
        await this.remove({ attachment_id: attachmentId, ticket_id: ticketId });
    } catch (error) {
      this.logger.warn({ err: error, ticketId }, 'files of an erased ticket are deleted later');
    }
  }

  /** Each batch is done with before the next is asked for, and so not found again. */
  private async all(
    next: () => Promise<StoredObject[]>,
    done: (object: StoredObject) => Promise<void>,
  ): Promise<void> {
    for (;;) {
      const found = await next();
      for (const object of found) await done(object);
      if (found.length < batchSize) return;
    }
  }

  /** The event may have been written though nobody was told: then the file stays, and is looked at like any other. */
  private async settle(object: StoredObject): Promise<void> {
    const { attachment_id: attachmentId, ticket_id: ticketId } = object;
    const ids = await this.tickets.idsOf(ticketId);
    if (ids.includes(attachmentId)) await this.objects.settle(attachmentId, ticketId, 'quarantined');
    else await this.remove(object);
  }

  private async remove(object: StoredObject): Promise<void> {
    await this.vault.delete(fileOf(object));
    await this.objects.delete([object.attachment_id]);
  }
}

const fileOf = ({ ticket_id: ticketId, attachment_id: attachmentId }: StoredObject) => ({
  ticketId,
  attachmentId,
});
