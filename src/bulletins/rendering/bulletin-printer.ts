import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { PrintingThread } from '../../platform/threads/printing-thread.js';
import { printedAs, type PrintTask } from './formats.js';

/** Bulletins in their printed forms, made beside the thread that answers requests: what people write decides how long that takes. */
@Injectable()
export class BulletinPrinter implements OnModuleDestroy {
  private readonly thread = new PrintingThread<PrintTask, string | Uint8Array>(
    new URL('./bulletin-printer-worker.js', import.meta.url),
    printedAs,
  );

  /** Text, or bytes where the form is no text. Throws `too-costly-to-print`. */
  async print(task: PrintTask): Promise<string | Buffer> {
    const form = await this.thread.print(task);
    return typeof form === 'string' ? form : Buffer.from(form);
  }

  onModuleDestroy(): Promise<void> {
    return this.thread.stop();
  }
}
