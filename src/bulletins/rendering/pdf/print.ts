import layoutBuilder from 'pdfmake/js/LayoutBuilder.js';
import pdfDocument from 'pdfmake/js/PDFDocument.js';
import svgMeasure from 'pdfmake/js/SVGMeasure.js';
import type { Content, Definition } from 'pdfmake/js/LayoutBuilder.js';
import { fontFolders, fonts } from './fonts.js';
import { TaggedRenderer } from './tagged-renderer.js';
import type { Tag } from './tags.js';

const { default: LayoutBuilder } = layoutBuilder;
const { default: PdfDocument } = pdfDocument;
const { default: SvgMeasure } = svgMeasure;

/** A bulletin is made of its own text: nothing is fetched, and no file but its fonts is read. */
const mayRead = (path: string): boolean => fontFolders.some((folder) => path.startsWith(folder));

/** The number of a list's item, as pdfmake lays it out beside it. */
export interface NumberedItem {
  item: Content;
  label: Tag;
}

/**
 * Lays a document out with pdfmake, and writes it as a tagged PDF (PDF/UA-1). pdfmake's own printer draws without tags; these are its
 * layout and its document.
 */
export const printed = (
  definition: Definition,
  { root, numbered }: { root: Tag; numbered: readonly NumberedItem[] },
): Promise<Buffer> => {
  const { pageSize, margins, language, info, content, styles, defaultStyle, footer } = definition;
  const document = new PdfDocument(
    fonts,
    {},
    {},
    {},
    optionsOf({ pageSize, language, info }),
    undefined,
    mayRead,
  );
  const [left, top, right, bottom] = margins;
  const builder = new LayoutBuilder(
    { ...pageSize, orientation: 'portrait' },
    { left, top, right, bottom },
    new SvgMeasure(),
  );
  const pages = builder.layoutDocument(content, document, styles, defaultStyle, undefined, undefined, footer);
  for (const { item, label } of numbered) {
    for (const inline of item.listMarker?._inlines ?? []) inline.tag = label;
  }
  new TaggedRenderer(document, root).renderPages(pages);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    document.on('data', (chunk) => chunks.push(chunk));
    document.on('end', () => resolve(Buffer.concat(chunks)));
    document.on('error', reject);
    document.end();
  });
};

const optionsOf = ({ pageSize, language, info }: Pick<Definition, 'pageSize' | 'language' | 'info'>) => ({
  ...{ size: [pageSize.width, pageSize.height], autoFirstPage: false, font: null },
  ...{ pdfVersion: '1.7', subset: 'PDF/UA', tagged: true, displayTitle: true, lang: language, info },
});
