import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS } from '../../config/settings.module.js';
import type { Settings } from '../../config/settings.js';
import { identifierCodesIn } from '../../shared/identifiers/identifiers.js';

/** What a title may hold, by a setting: titles are read in lists, on screens and aloud. */
@Injectable()
export class TitlePolicy {
  constructor(@Inject(SETTINGS) private readonly settings: Pick<Settings, 'healthNumbersInTitles'>) {}

  isRefused(title: string): boolean {
    const { healthNumbersInTitles } = this.settings;
    return healthNumbersInTitles === 'refuse' && identifierCodesIn(title).includes('health-number');
  }
}
