import renderer, {
  type Inline,
  type Line,
  type Page,
  type PdfDocument,
  type Picture,
  type StructureElement,
  type Vector,
} from 'pdfmake/js/Renderer.js';
import type { Tag } from './tags.js';

const { default: Renderer } = renderer;

/**
 * Draws what pdfmake laid out, as its own renderer does, and marks every part of it: text and pictures with the tag that they carry,
 * everything else as an artifact.
 */
export class TaggedRenderer extends Renderer {
  private readonly elements = new Map<Tag, StructureElement>();
  /** The page on which something of a tag was drawn first. */
  private readonly firstPages = new Map<Tag, unknown>();
  /** Elements that name the page of their annotations: that page is known while it is drawn. */
  private openLinks = new Map<Tag, StructureElement>();

  constructor(
    private readonly pdf: PdfDocument,
    root: Tag,
  ) {
    super(pdf);
    pdf.addStructure(this.build(root));
  }

  /** The element of a tag with all that stand below it, so that they keep their order whatever is drawn first. */
  private build(tag: Tag): StructureElement {
    const { role, children, options } = tag;
    const { scope, alt, actual } = options;
    const element = this.pdf.struct(role, {
      ...(scope && { scope }),
      ...(alt !== undefined && { alt }),
      ...(actual !== undefined && { actual }),
    });
    if (options.isNumbered) element.dictionary.data.A = { O: 'List', ListNumbering: 'Decimal' };
    this.elements.set(tag, element);
    for (const child of children) element.add(this.build(child));
    return element;
  }

  override renderPages(pages: readonly Page[]): void {
    for (const page of pages) {
      super.renderPages([page]);
      for (const link of this.openLinks.values()) link.end();
      this.openLinks = new Map();
    }
  }

  override renderLine(line: Line, x: number, y: number): void {
    for (const inlines of runsOf(line)) {
      const tag = inlines[0]?.tag;
      const run = partOf(line, inlines);
      const link = tag?.options.link;
      this.marked(tag, 'Pagination', () => super.renderLine(run, x, y));
      if (tag && link) this.annotate(tag, { inlines, x, y, height: run.getHeight() });
    }
  }

  override renderVector(vector: Vector): void {
    this.marked(undefined, 'Layout', () => super.renderVector(vector));
  }

  override renderImage(image: Picture): void {
    this.picture(image, () => super.renderImage(image));
  }

  override renderSVG(svg: Picture): void {
    this.picture(svg, () => super.renderSVG(svg));
  }

  private picture(picture: Picture, draw: () => void): void {
    const { tag, x, y, _width: width, _height: height } = picture;
    const top = this.pdf.page.height - y;
    if (tag) {
      const box = { O: 'Layout', Placement: 'Block', BBox: [x, top - height, x + width, top] };
      this.elementOf(tag).dictionary.data.A = box;
    }
    this.marked(tag, 'Layout', draw);
  }

  /** Draws within marks: as content of the tag's element, or as an artifact where there is no tag. */
  private marked(tag: Tag | undefined, artifact: 'Pagination' | 'Layout', draw: () => void): void {
    if (!tag || this.isRepeated(tag)) {
      this.pdf.markContent('Artifact', { type: tag ? 'Pagination' : artifact });
      draw();
      this.pdf.endMarkedContent();
      return;
    }
    const element = this.elementOf(tag);
    const content = this.pdf.markStructureContent(tag.role);
    draw();
    this.pdf.endMarkedContent();
    element.add(content);
  }

  /** The headings of a table stand again at the top of each page; they are read once. */
  private isRepeated(tag: Tag): boolean {
    const { page } = this.pdf;
    const first = this.firstPages.get(tag) ?? page;
    this.firstPages.set(tag, first);
    return tag.role === 'TH' && tag.options.scope === 'Column' && first !== page;
  }

  private elementOf(tag: Tag): StructureElement {
    const { block } = tag;
    const known = block ? this.openLinks.get(tag) : this.elements.get(tag);
    if (known) return known;
    if (!block) throw new Error('what is drawn belongs to the document');
    const element = this.build(tag);
    this.elementOf(block).add(element);
    this.openLinks.set(tag, element);
    return element;
  }

  /** One area to click on for the whole run, where pdfmake makes one of every word. */
  private annotate(
    tag: Tag,
    { inlines, x, y, height }: { inlines: readonly Inline[]; x: number; y: number; height: number },
  ): void {
    const { link } = tag.options;
    const [first] = inlines;
    if (!link || !first) return;
    const width = inlines.reduce((sum, inline) => sum + inline.width, 0);
    this.pdf.link(x + first.x, y, width, height, link.url, {
      structParent: this.elementOf(tag),
      // pdfkit writes a plain string as a name, and an object of it as a text.
      Contents: Object(link.words) as string,
    });
  }
}

/** The successive inlines of a line that belong to one tag. */
const runsOf = ({ inlines }: Line): Inline[][] => {
  const runs: Inline[][] = [];
  for (const inline of inlines) {
    const last = runs.at(-1);
    if (last && last[0]?.tag === inline.tag) last.push(inline);
    else runs.push([inline]);
  }
  return runs;
};

/** The same line with some of its inlines, as high as the whole. */
const partOf = (line: Line, inlines: readonly Inline[]): Line => {
  const [height, ascent] = [line.getHeight(), line.getAscenderHeight()];
  const part = line.clone();
  part.inlines = [...inlines];
  part.getHeight = () => height;
  part.getAscenderHeight = () => ascent;
  return part;
};
