import {
  Inject,
  Injectable,
  Optional,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import type { Logger } from 'pino';
import { Jobs } from '../../platform/jobs/jobs.js';
import { LOGGER } from '../../platform/observability/logger.js';
import { SecurityLog } from '../../platform/observability/security-log.js';
import type { PeriodicTask } from '../../shared/concurrency/periodic-task.js';
import { DomainError } from '../../shared/problems/domain-error.js';
import type { ObjectKey } from '../storage/attachment-store.js';
import { FileVault } from '../storage/file-vault.js';
import type { ObjectState, StoredObject } from '../storage/object-statements.js';
import { ObjectTable } from '../storage/object-table.js';
import { ScannerUnavailable, VirusScanner } from './virus-scanner.js';

const pauseMs = 15_000;
const batchSize = 20;

/**
 * Keeps files from being given until the scanner has looked at them; where there is none, nothing is kept from anybody. A scanner that is
 * away is asked again: files wait for it.
 */
@Injectable()
export class Quarantine implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly security: SecurityLog;
  private readonly task: PeriodicTask;
  private looking: Promise<void> | undefined;
  private isWoken = false;

  constructor(
    private readonly objects: ObjectTable,
    private readonly vault: FileVault,
    jobs: Jobs,
    @Inject(LOGGER) private readonly logger: Logger,
    @Optional() private readonly scanner?: VirusScanner,
  ) {
    this.security = new SecurityLog(logger);
    this.task = jobs.periodic('quarantine', () => this.look(), {
      pauseMs,
      onError: (error) => this.warn(error),
    });
  }

  onApplicationBootstrap(): void {
    if (this.scanner) this.task.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.task.stop();
    await this.looking?.catch(() => undefined);
  }

  /** The state of a file whose event is written. */
  get firstState(): 'quarantined' | 'available' {
    return this.scanner ? 'quarantined' : 'available';
  }

  /** What may be done with a file, by its row; undefined: it has none. */
  stateOf(known: ObjectState | undefined): Exclude<ObjectState, 'uploading'> {
    if (known === 'infected' || known === 'available') return known;
    return this.firstState;
  }

  /** There is something to look at: now, or once what is looked at is done. */
  wake(): void {
    if (!this.scanner) return;
    this.isWoken = true;
    this.look().catch((error: unknown) => this.warn(error));
  }

  private look(): Promise<void> {
    return (this.looking ??= this.lookAtAll().finally(() => (this.looking = undefined)));
  }

  private async lookAtAll(): Promise<void> {
    const { scanner } = this;
    if (!scanner) return;
    do {
      this.isWoken = false;
      const waiting = await this.objects.quarantined(batchSize);
      let settled = 0;
      for (const object of waiting) if (await this.lookAt(object, scanner)) settled += 1;
      if (waiting.length === batchSize && settled > 0) this.isWoken = true;
    } while (this.isWoken);
  }

  /** Whether it is settled. One that can't be read is in the way of no other. */
  private async lookAt(object: StoredObject, scanner: VirusScanner): Promise<boolean> {
    try {
      await this.scan(object, scanner);
      return true;
    } catch (error) {
      if (error instanceof ScannerUnavailable) throw error;
      this.warn(error);
      return false;
    }
  }

  private async scan(
    { attachment_id: attachmentId, ticket_id: ticketId }: StoredObject,
    scanner: VirusScanner,
  ): Promise<void> {
    const bytes = await this.bytesOf({ ticketId, attachmentId, form: 'original' });
    if (!bytes) return this.objects.delete([attachmentId]);
    const finding = (await scanner.scan(bytes)) ?? null;
    await this.objects.scanned(attachmentId, finding);
    if (finding === null) return;
    this.security.record('upload_validation', 'system', { what: 'virus', ticketId, attachmentId, finding });
    await this.vault.delete({ ticketId, attachmentId });
    await this.objects.emptied(attachmentId);
  }

  /** Undefined where there are none any more. */
  private async bytesOf(key: ObjectKey): Promise<AsyncGenerator<Buffer> | undefined> {
    try {
      return await this.vault.open(key);
    } catch (error) {
      if (error instanceof DomainError && error.code === 'attachment-erased') return undefined;
      throw error;
    }
  }

  private warn(error: unknown): void {
    this.logger.warn({ err: error }, 'files wait in quarantine: the scanner is asked again');
  }
}
