/** What is used here of pdfmake 0.3. @types/pdfmake brings the names of a browser into every file of the program. */
declare module 'pdfmake' {
  type Margin = [left: number, top: number, right: number, bottom: number];

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

  interface Line {
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
    ul?: Content[];
    ol?: Content[];
    start?: number;
    markerColor?: string;
    canvas?: Line[];
    table?: { widths: (number | '*')[]; body: Content[][]; headerRows?: number; dontBreakRows?: boolean };
    layout?: TableLayout;
    style?: string;
    link?: string;
    width?: number;
    preserveLeadingSpaces?: boolean;
    unbreakable?: boolean;
  }

  export interface Definition {
    pageSize: 'A4';
    pageMargins: Margin;
    language: string;
    info: { title: string; subject: string; creationDate: Date; modDate: Date };
    displayTitle: boolean;
    styles: Record<string, Look>;
    defaultStyle: Look;
    footer: (page: number, pages: number) => Content;
    content: Content[];
  }

  interface PdfMake {
    addFonts(fonts: Record<string, Record<'normal' | 'bold' | 'italics' | 'bolditalics', string>>): void;
    setUrlAccessPolicy(allows: (url: string) => boolean): void;
    setLocalAccessPolicy(allows: (path: string) => boolean): void;
    createPdf(definition: Definition): { getBuffer(): Promise<Buffer> };
  }

  const pdfmake: PdfMake;
  export default pdfmake;
}
