import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { PrintingThread } from '../threads/printing-thread.js';
import { xlsxOf, type WorkbookTask } from './xlsx.js';

/** Workbooks, made beside the thread that answers requests: packing one takes long by how much is in it. */
@Injectable()
export class Workbooks implements OnModuleDestroy {
  private readonly thread = new PrintingThread<WorkbookTask, Uint8Array>(
    new URL('./workbooks-worker.js', import.meta.url),
    xlsxOf,
  );

  async of(task: WorkbookTask): Promise<Buffer> {
    return Buffer.from(await this.thread.print(task));
  }

  onModuleDestroy(): Promise<void> {
    return this.thread.stop();
  }
}
