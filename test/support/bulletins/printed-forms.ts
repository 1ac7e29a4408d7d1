import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { TextItem } from 'pdfjs-dist/types/src/display/api.js';
import readSheets from 'read-excel-file/node';
import type { Client } from '../api/client.js';

/** Fetches a printed form of a bulletin: its status, its headers, and its bytes as received. */
export const formOf = async (
  client: Client,
  path: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; headers: Headers; bytes: Uint8Array<ArrayBuffer> }> => {
  const response = await fetch(new URL(path, client.url), {
    headers: { Authorization: `Bearer ${client.token ?? ''}`, ...headers },
  });
  return {
    status: response.status,
    headers: response.headers,
    bytes: new Uint8Array(await response.arrayBuffer()),
  };
};

/** The text of a PDF, page after page, with every kind of space as a plain one. */
export const textOfPdf = async (bytes: Uint8Array): Promise<string> => {
  const task = getDocument({ data: Uint8Array.from(bytes), verbosity: 0 });
  const pdf = await task.promise;
  const pages: string[] = [];
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const { items } = await (await pdf.getPage(number)).getTextContent();
    pages.push((items as TextItem[]).map(({ str, hasEOL }) => str + (hasEOL ? '\n' : '')).join(''));
  }
  await task.destroy();
  return plainSpaces(pages.join('\n'));
};

/** The text of an HTML page: without tags, entities decoded, every kind of space as a plain one; each block on a line of its own. */
export const textOfHtml = (html: string): string =>
  plainSpaces(
    html
      .replace(/<style>.*?<\/style>|<title>.*?<\/title>/gs, '')
      .replace(/<\/?(strong|em|code|a)\b[^>]*>/g, '')
      .replace(/<[^>]+>/g, '\n')
      .replace(/&lt;/g, '<')
      .replace(/&gt;/g, '>')
      .replace(/&quot;/g, '"')
      .replace(/&amp;/g, '&'),
  );

/** The text of Markdown, without the marks of headings, lists and bold. */
export const textOfMarkdown = (markdown: string): string =>
  plainSpaces(markdown.replace(/^\s*(#+|-|>) /gm, '').replace(/\*\*/g, ''));

export const plainSpaces = (text: string): string =>
  text.replace(/[\u00A0\u202F]/g, ' ').replace(/ *\n\s*/g, '\n');

/** The sheets of a workbook, each with its name and its rows, headings first; by a reader that is not the writer's. */
export const sheetsOfXlsx = async (bytes: Uint8Array): Promise<{ sheet: string; data: unknown[][] }[]> =>
  readSheets(Buffer.from(bytes));
