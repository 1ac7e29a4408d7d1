import { Module, type DynamicModule } from '@nestjs/common';
import type { RetentionRule } from '../../shared/retention-policy.js';
import { ErasuresController } from '../http/erasure/erasures.controller.js';
import { LegalHoldsController } from '../http/erasure/legal-holds.controller.js';
import { RetentionController } from '../http/erasure/retention.controller.js';
import { TicketsModule } from '../tickets.module.js';
import { ErasureLists } from './erasure-lists.js';
import { Erasures } from './erasures.js';
import { KeySweeper } from './key-sweeper.js';
import { LegalHolds } from './legal-holds.js';
import { Retention, RETENTION } from './retention.js';

/** Erasing texts for good: by operators, and by age. */
@Module({})
export class ErasureModule {
  static with(rules: readonly RetentionRule[]): DynamicModule {
    return {
      module: ErasureModule,
      imports: [TicketsModule],
      controllers: [ErasuresController, LegalHoldsController, RetentionController],
      providers: [
        { provide: RETENTION, useValue: rules },
        ...[Erasures, ErasureLists, LegalHolds, KeySweeper, Retention],
      ],
    };
  }
}
