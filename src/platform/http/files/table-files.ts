import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { languages, type Language } from '../../../shared/text/text.js';
import { spokenLanguage } from '../request-context.js';
import { csvOf, csvType, dialects, type Dialect } from '../../tables/csv.js';
import type { FormattedTable } from '../../tables/table.js';
import { Workbooks } from '../../tables/workbooks.js';
import { xlsxType } from '../../tables/xlsx.js';

/** The media types of tables, by the names that `?format=` takes. */
export const tableTypes = { csv: csvType, xlsx: xlsxType } as const;

export const dialectShape = {
  dialect: z
    .enum(dialects)
    .optional()
    .describe(
      'Of CSV: `excel` has a byte order mark, `;` between cells, and headings, codes and decimals in the language; RFC 4180 unless told',
    ),
};

/** What a request says of the table it wants. */
export const tableShape = {
  ...dialectShape,
  lang: z.enum(languages).optional().describe('Goes before Accept-Language'),
};

interface WantedTable {
  form: keyof typeof tableTypes;
  dialect?: Dialect | undefined;
  lang?: Language | undefined;
}

/** Answers with a table as a file. */
@Injectable()
export class TableFiles {
  constructor(private readonly workbooks: Workbooks) {}

  /** `name` is the file's name without its extension. */
  async send(
    table: FormattedTable,
    { form, dialect = 'rfc4180', lang, name }: WantedTable & { name: string },
    reply: FastifyReply,
  ): Promise<string | Buffer> {
    void reply
      .header('Content-Type', form === 'csv' ? `${csvType}; charset=utf-8` : xlsxType)
      .header('Content-Disposition', `attachment; filename="${name}.${form}"`);
    if (form === 'csv' && dialect === 'rfc4180') return csvOf(table, dialect, 'en');
    const language = lang ?? spokenLanguage(reply.request);
    void reply.header('Content-Language', language);
    return form === 'csv' ? csvOf(table, dialect, language) : this.workbooks.of({ table, language });
  }
}
