import { Global, Module, type DynamicModule, type Provider } from '@nestjs/common';
import type { Settings } from '../config/settings.js';
import { ErasedFiles, TicketsModule } from '../tickets/index.js';
import { Attachments } from './attachments.js';
import { AttachmentsController } from './http/attachments.controller.js';
import { Clamd } from './scanning/clamd.js';
import { Quarantine } from './scanning/quarantine.js';
import { VirusScanner } from './scanning/virus-scanner.js';
import { AttachmentStore } from './storage/attachment-store.js';
import { FileVault } from './storage/file-vault.js';
import { ObjectTable } from './storage/object-table.js';
import { openStore } from './storage/open-store.js';
import { AttachmentSweeper } from './storage/sweeper.js';
import { Thumbnails } from './thumbnails/thumbnails.js';

/** Files beside tickets; global, since erasing a ticket deletes its files without knowing of them. */
@Global()
@Module({})
export class AttachmentsModule {
  static with(settings: Settings): DynamicModule {
    const { clamdUrl } = settings;
    const scanner: Provider[] =
      clamdUrl === undefined ? [] : [{ provide: VirusScanner, useValue: new Clamd(clamdUrl) }];
    return {
      module: AttachmentsModule,
      imports: [TicketsModule],
      controllers: [AttachmentsController],
      providers: [
        { provide: AttachmentStore, useFactory: () => openStore(settings) },
        ...scanner,
        ...[FileVault, ObjectTable, Quarantine, Attachments, Thumbnails, AttachmentSweeper],
        { provide: ErasedFiles, useExisting: AttachmentSweeper },
      ],
      exports: [ErasedFiles],
    };
  }
}
