/**
 * What is used here of pdfmake 0.3: its layout, its document and its renderer, apart from its printer. @types/pdfmake brings the names of
 * a browser into every file of the program, and knows none of these. Each module is CommonJS, with its class as `default`.
 */
declare module 'pdfmake/js/LayoutBuilder.js' {
  import type { Inline, Page, PdfDocument } from 'pdfmake/js/Renderer.js';

  export type Margin = [left: number, top: number, right: number, bottom: number];

  interface Look {
    font?: string;
    fontSize?: number;
    lineHeight?: number;
    bold?: boolean;
    italics?: boolean;
    color?: string;
    fillColor?: string;
    background?: string;
    decoration?: 'underline';
    alignment?: 'left' | 'right';
    margin?: Margin;
  }

  interface Rule {
    type: 'line';
    x1: number;
    y1: number;
    x2: number;
    y2: number;
    lineWidth: number;
    lineColor: string;
  }

  interface TableLayout {
    hLineWidth?: (line: number, node: { table: { body: unknown[][] } }) => number;
    vLineWidth?: (line: number) => number;
    hLineColor?: () => string;
    vLineColor?: () => string;
    paddingLeft?: () => number;
    paddingRight?: () => number;
    paddingTop?: () => number;
    paddingBottom?: () => number;
  }

  export interface Content extends Look {
    text?: string | Content[];
    stack?: Content[];
    columns?: Content[];
    columnGap?: number;
    ul?: Content[];
    ol?: Content[];
    start?: number;
    markerColor?: string;
    canvas?: Rule[];
    svg?: string;
    image?: string;
    fit?: [width: number, height: number];
    table?: { widths: (number | '*')[]; body: Content[][]; headerRows?: number; dontBreakRows?: boolean };
    layout?: TableLayout;
    style?: string;
    link?: string;
    width?: number | '*' | 'auto';
    preserveLeadingSpaces?: boolean;
    unbreakable?: boolean;
    pageBreak?: 'before';
    /** Of a text and of a picture: members that pdfmake does not know stay with what it lays out. */
    tag?: import('./tags.js').Tag;
    /** Put there by the layout: what stands beside an item of a list. */
    listMarker?: { _inlines?: Inline[] };
  }

  export interface Definition {
    pageSize: { width: number; height: number };
    margins: Margin;
    language: string;
    info: Record<'Title' | 'Subject' | 'Producer' | 'Creator', string> &
      Record<'CreationDate' | 'ModDate', Date>;
    styles: Record<string, Look>;
    defaultStyle: Look;
    footer: (page: number, pages: number) => Content;
    content: Content[];
  }

  interface LayoutBuilder {
    layoutDocument(
      content: Content[],
      document: PdfDocument,
      styles: Definition['styles'],
      defaultStyle: Look,
      background: undefined,
      header: undefined,
      footer: Definition['footer'],
    ): Page[];
  }

  const module: {
    default: new (
      size: { width: number; height: number; orientation: 'portrait' },
      margins: Record<'left' | 'top' | 'right' | 'bottom', number>,
      svgMeasure: object,
    ) => LayoutBuilder;
  };
  export default module;
}

declare module 'pdfmake/js/SVGMeasure.js' {
  const module: { default: new () => object };
  export default module;
}

declare module 'pdfmake/js/PDFDocument.js' {
  import type { PdfDocument } from 'pdfmake/js/Renderer.js';

  const module: {
    default: new (
      fonts: Record<string, Record<'normal' | 'bold' | 'italics' | 'bolditalics', string>>,
      images: Record<string, never>,
      patterns: Record<string, never>,
      attachments: Record<string, never>,
      options: object,
      virtualFiles: undefined,
      mayRead: (path: string) => boolean,
    ) => PdfDocument;
  };
  export default module;
}

declare module 'pdfmake/js/Renderer.js' {
  type Tag = import('./tags.js').Tag;

  export interface Inline {
    x: number;
    width: number;
    link?: string | null;
    tag?: Tag;
  }

  export interface Line {
    inlines: Inline[];
    getHeight(): number;
    getAscenderHeight(): number;
    clone(): Line;
  }

  export type Vector = object;

  export interface Picture {
    x: number;
    y: number;
    _width: number;
    _height: number;
    tag?: Tag;
  }

  export type Page = object;

  /** Content that was marked, as an element takes it. */
  type MarkedContent = object;

  export interface StructureElement {
    dictionary: { data: Record<string, unknown> };
    add(child: StructureElement | MarkedContent): this;
    end(): void;
  }

  /** pdfkit's document. */
  export interface PdfDocument {
    page: { height: number };
    struct(role: string, options: object): StructureElement;
    addStructure(root: StructureElement): void;
    markContent(tag: 'Artifact', options: { type: 'Pagination' | 'Layout' }): void;
    markStructureContent(role: string): MarkedContent;
    endMarkedContent(): void;
    link(
      x: number,
      y: number,
      width: number,
      height: number,
      url: string,
      options: { structParent: StructureElement; Contents: string },
    ): void;
    on(event: 'data', listener: (chunk: Buffer) => void): void;
    on(event: 'end', listener: () => void): void;
    on(event: 'error', listener: (error: Error) => void): void;
    end(): void;
  }

  interface Renderer {
    renderPages(pages: readonly Page[]): void;
    renderLine(line: Line, x: number, y: number): void;
    renderVector(vector: Vector): void;
    renderImage(image: Picture): void;
    renderSVG(svg: Picture): void;
  }

  const module: { default: new (document: PdfDocument) => Renderer };
  export default module;
}
