import { Module } from '@nestjs/common';
import type { Logger } from 'pino';
import { BilletsQuotidiensModule } from '../billets-quotidiens/index.js';
import { SETTINGS } from '../config/settings.module.js';
import type { Settings } from '../config/settings.js';
import { LOGGER } from '../platform/observability/logger.js';
import { SecurityLog } from '../platform/observability/security-log.js';
import { bulletinCommandHandlers } from './commands/index.js';
import { BulletinCommandsController } from './http/bulletin-commands.controller.js';
import { NewestBulletinsController } from './http/newest-bulletins.controller.js';
import { BulletinKeysController } from './http/bulletin-keys.controller.js';
import { BulletinForms } from './http/bulletin-forms.js';
import { BulletinsController } from './http/bulletins.controller.js';
import { openLogo } from './rendering/logo/open-logo.js';
import { BulletinPrinter } from './rendering/bulletin-printer.js';
import { Printing } from './rendering/printing.js';
import { BulletinRepository } from './repository/bulletin-repository.js';
import { DraftContents } from './repository/draft-contents.js';
import { PublishedViews } from './repository/published-views.js';
import { TicketDay } from './repository/ticket-day.js';
import { openSigningKeys } from './signing/open-signing-keys.js';
import { PublicationSigner } from './signing/publication-signer.js';
import { SigningKeys } from './signing/signing-keys.js';

/** Bulletins: writing, publishing, revising and printing them in every format. */
@Module({
  imports: [BilletsQuotidiensModule],
  controllers: [
    NewestBulletinsController,
    BulletinsController,
    BulletinCommandsController,
    BulletinKeysController,
  ],
  providers: [
    BulletinRepository,
    PublicationSigner,
    {
      provide: SigningKeys,
      useFactory: (settings: Settings, logger: Logger) =>
        openSigningKeys(settings, new SecurityLog(logger).by('system')),
      inject: [SETTINGS, LOGGER],
    },
    DraftContents,
    PublishedViews,
    BulletinForms,
    TicketDay,
    BulletinPrinter,
    {
      provide: Printing,
      useFactory: async ({ groupFourDigits, paper, letterhead }: Settings) => {
        const { organisation, foot, logoFile } = letterhead;
        return new Printing({ groupFourDigits, paper, organisation, foot, logo: await openLogo(logoFile) });
      },
      inject: [SETTINGS],
    },
    ...bulletinCommandHandlers,
  ],
  exports: [
    BulletinRepository,
    PublicationSigner,
    DraftContents,
    PublishedViews,
    TicketDay,
    Printing,
    BulletinPrinter,
  ],
})
export class BulletinsModule {}
