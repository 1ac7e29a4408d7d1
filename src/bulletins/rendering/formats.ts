import { behindMember, dayFiguresTable } from '../../billets-quotidiens/index.js';
import type { Offered } from '../../platform/http/negotiation/wanted-form.js';
import { csvOf, csvType, type Dialect } from '../../platform/tables/csv.js';
import { xlsxOf, xlsxType } from '../../platform/tables/xlsx.js';
import type { Contents } from '../domain/bulletin.events.js';
import type { Unprintable } from '../domain/cautions.js';
import { htmlOf } from './html.js';
import { markdownOf } from './markdown.js';
import { bulletinPage, type BulletinDocument } from './content/page.js';
import type { PrintStyle } from './print-style.js';

export const formats = ['json', 'html', 'md', 'pdf', 'csv', 'xlsx'] as const;
export type Format = (typeof formats)[number];
type PrintedFormat = Exclude<Format, 'json'>;

export const mediaTypes: Offered<Format> = {
  json: 'application/json',
  html: 'text/html',
  md: 'text/markdown',
  pdf: 'application/pdf',
  csv: csvType,
  xlsx: xlsxType,
};

/** What is printed, and how. */
export interface PrintTask {
  format: PrintedFormat;
  printed: BulletinDocument;
  style: PrintStyle;
  /** How CSV is written; by RFC 4180 unless told. */
  dialect?: Dialect | undefined;
}

/** A bulletin in one of its printed forms; as a table, the figures of its ticket day. */
export const printedAs = ({
  format,
  printed,
  style,
  dialect = 'rfc4180',
}: PrintTask): Promise<Buffer> | string => {
  switch (format) {
    case 'html':
      return htmlOf(bulletinPage(printed, style));
    case 'md':
      return markdownOf(bulletinPage(printed, style));
    case 'pdf':
      return asPdf(printed, style);
    case 'csv':
      return csvOf(figuresTable(printed), dialect, style.language);
    case 'xlsx':
      return xlsxOf({ table: figuresTable(printed), language: style.language });
  }
};

/** A bulletin as PDF. The PDF library and its fonts take 0.3 s to load, so they are loaded on first use and not at the start. */
const asPdf = async (printed: BulletinDocument, style: PrintStyle): Promise<Buffer> => {
  const { pdfOf } = await import('./pdf/pdf.js');
  const { publication, figures, date } = printed;
  return pdfOf(bulletinPage(printed, style), new Date(publication?.publishedAt ?? figures?.knownAt ?? date));
};

const figuresTable = ({ contents, figures, behind }: BulletinDocument) =>
  dayFiguresTable([{ date: contents.ticketDay, ...figures, ...behindMember(behind) }]);

/** What the PDF of a bulletin would not print. Its fonts are opened on first use, as for the PDF. */
export const findUnprintable = async (contents: Contents): Promise<Unprintable[]> => {
  const { unprintableIn } = await import('./pdf/unprintable.js');
  return unprintableIn(contents);
};
