import { Injectable } from '@nestjs/common';
import { daysBetween, type Day } from '../../calendar/local-days.js';
import { BegunDays, Establishments } from '../../establishments/index.js';
import type { Language } from '../../shared/text/text.js';
import { categoryLabels, labelOf } from '../../shared/vocabulary.js';
import type { ReadReportAnswer, ReportSums } from '../queries/read-report.js';
import { withoutTeamLabel } from '../labels.js';
import type { Grouping, Selection } from '../report.js';
import { measuresOf } from './measures.js';

interface CountsOfDay {
  date: Day;
  opened?: number;
  resolved?: number;
  status?: 'future';
}

/** Says what was read by the names of the contract. */
@Injectable()
export class ReportAnswers {
  constructor(
    private readonly establishments: Establishments,
    private readonly begun: BegunDays,
  ) {}

  of(
    { report, from, to }: Selection,
    read: ReadReportAnswer,
    { by, language }: { by: Grouping | undefined; language: Language },
  ) {
    const { position, knownAt, incomplete } = read;
    return {
      ...{ report, from, to, by: by ?? null },
      total: measuresOf(report, read.total),
      groups: read.groups.map((sums) => ({
        code: sums.key,
        name: this.nameOf(sums.key, by, language),
        ...measuresOf(report, sums),
      })),
      ...(report === 'resolutions'
        ? { days: this.days(from, to, by === 'day' ? read.groups : read.days) }
        : {}),
      ...{ position, knownAt },
      ...(incomplete > 0 ? { incomplete } : {}),
    };
  }

  private nameOf(key: string | null, by: Grouping | undefined, language: Language): string {
    if (key === null) return withoutTeamLabel[language];
    if (by === 'category') return labelOf(categoryLabels, key, language);
    return by === 'establishment' ? (this.establishments.find(key)?.name ?? key) : key;
  }

  private days(from: Day, to: Day, read: readonly ReportSums[]): CountsOfDay[] {
    const found = new Map(read.map((sums) => [sums.key, sums]));
    const newest = this.begun.newest();
    return daysBetween(from, to).map((date) => {
      if (date > newest) return { date, status: 'future' };
      const { opened = 0, tickets: resolved = 0 } = found.get(date) ?? {};
      return { date, opened, resolved };
    });
  }
}
