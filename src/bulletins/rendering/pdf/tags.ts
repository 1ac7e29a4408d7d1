/** The standard structure types of PDF 1.7 (ISO 32000-1, 14.8.4) that a bulletin uses. */
type Role =
  | 'Document'
  | 'Sect'
  | `H${1 | 2 | 3 | 4 | 5 | 6}`
  | 'P'
  | 'Code'
  | 'BlockQuote'
  | 'L'
  | 'LI'
  | 'Lbl'
  | 'LBody'
  | 'Table'
  | 'THead'
  | 'TBody'
  | 'TR'
  | 'TH'
  | 'TD'
  | 'Figure'
  | 'Link'
  | 'Span';

interface TagOptions {
  /** Which cells a heading of a table is for. */
  scope?: 'Column' | 'Row';
  /** What a figure shows, in words. */
  alt?: string;
  /** The text that stands here, where what is drawn is another. */
  actual?: string;
  /** The items of a list are numbered. */
  isNumbered?: true;
  /** Where a link leads, and its words. */
  link?: { url: string; words: string };
}

/**
 * An element of the structure that assistive technology reads, in reading order. What is laid out carries the tag that it belongs to;
 * what carries none is page furniture.
 */
export class Tag {
  readonly children: Tag[] = [];
  /** The level of the heading before, anywhere in the document. */
  private readonly heading: { level: number };

  private constructor(
    readonly role: Role,
    readonly options: TagOptions,
    private readonly parent: Tag | undefined,
  ) {
    this.heading = parent?.heading ?? { level: 0 };
  }

  static document(): Tag {
    return new Tag('Document', {}, undefined);
  }

  child(role: Role, options: TagOptions = {}): Tag {
    const child = new Tag(role, options, this);
    this.children.push(child);
    return child;
  }

  /** A heading, at most one level below the one before: PDF/UA lets no level be left out, and people write what they like. */
  headingChild(level: number): Tag {
    this.heading.level = Math.min(level, this.heading.level + 1);
    return this.child(`H${this.heading.level as 1 | 2 | 3 | 4 | 5 | 6}`);
  }

  /** A part of a line within a block: it is put there where it is drawn, between the texts before and after it. */
  inline(role: 'Link' | 'Span', options: TagOptions): Tag {
    return new Tag(role, options, this);
  }

  /** The block that a part of a line is in; undefined for a block. */
  get block(): Tag | undefined {
    return this.role === 'Link' || this.role === 'Span' ? this.parent : undefined;
  }
}
