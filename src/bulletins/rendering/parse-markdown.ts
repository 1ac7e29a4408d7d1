import MarkdownIt, { type Token } from 'markdown-it';
import { withoutFormat } from '../../shared/text/plain-text.js';
import type { Block, Span } from './content/blocks.js';

/** CommonMark as producers write it. HTML stays the text it is, and an image is a link: a bulletin loads nothing from anywhere. */
const parser = new MarkdownIt('commonmark', { html: false }).disable('image');

const linked = /^(?:https?|mailto):/i;

/** The blocks of a text. Its headings are set below those of the section it stands in. */
export const parseMarkdown = (text: string): Block[] => new TokenReader(parser.parse(text, {})).blocks();

class TokenReader {
  private next = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  /** Up to a closing token, which is read too. */
  blocks(): Block[] {
    const blocks: Block[] = [];
    for (;;) {
      const token = this.take();
      if (!token || token.nesting < 0) return blocks;
      blocks.push(...this.block(token));
    }
  }

  private take(): Token | undefined {
    return this.tokens[this.next++];
  }

  private block(token: Token): Block[] {
    switch (token.type) {
      case 'heading_open':
        return [{ kind: 'heading', level: levelOf(token.tag), spans: this.inline() }];
      case 'paragraph_open':
        return [{ kind: 'paragraph', spans: this.inline() }];
      case 'bullet_list_open':
        return [{ kind: 'list', items: this.items() }];
      case 'ordered_list_open':
        return [{ kind: 'list', start: Number(token.attrGet('start') ?? 1), items: this.items() }];
      case 'blockquote_open':
        return [{ kind: 'quote', blocks: this.blocks() }];
      case 'fence':
      case 'code_block':
        return [{ kind: 'code', text: token.content.replace(/\n$/, '') }];
      case 'hr':
        return [{ kind: 'rule' }];
      default:
        throw new Error(`Markdown of a kind that is not known here: ${token.type}`);
    }
  }

  /** The one inline token of a heading or a paragraph, and the token that closes it. */
  private inline(): Span[] {
    const token = this.take();
    this.next += 1;
    return spansOf(token?.children ?? []);
  }

  private items(): Block[][] {
    const items: Block[][] = [];
    while (this.take()?.type === 'list_item_open') items.push(this.blocks());
    return items;
  }
}

const levelOf = (tag: string): 3 | 4 | 5 | 6 => Math.min(6, Number(tag.slice(1)) + 2) as 3 | 4 | 5 | 6;

interface Look {
  bold?: true;
  italic?: true;
  link?: string;
}

const spansOf = (tokens: readonly Token[]): Span[] => {
  const looks: Look[] = [{}];
  const spans: Span[] = [];
  const look = (): Look => looks.at(-1) ?? {};
  for (const token of tokens) {
    if (token.nesting > 0) looks.push({ ...look(), ...changeOf(token) });
    else if (token.nesting < 0) looks.pop();
    else if (token.type === 'hardbreak') spans.push({ text: '\n' });
    else if (token.type === 'softbreak') spans.push({ text: ' ', ...look() });
    else if (token.type === 'code_inline') spans.push({ text: token.content, code: true, ...look() });
    else pushText(withoutFormat(token.content), spans, look());
  }
  return merged(spans);
};

/** A character reference such as «&#8238;» becomes its character only here, after texts were cleaned as they came in. */
const pushText = (text: string, spans: Span[], look: Look): void => {
  if (text !== '') spans.push({ text, ...look });
};

const changeOf = (token: Token): Look => {
  if (token.type === 'strong_open') return { bold: true };
  if (token.type === 'em_open') return { italic: true };
  const link = String(token.attrGet('href') ?? '');
  return linked.test(link) ? { link } : {};
};

const lookOf = ({ text: _text, ...look }: Span): string => JSON.stringify(look);

/** Runs of one look that stand side by side are one run. There may be ten thousand: each is looked at once. */
const merged = (spans: readonly Span[]): Span[] => {
  const all: Span[] = [];
  for (const span of spans) {
    const last = all.at(-1);
    if (last && last.text !== '\n' && span.text !== '\n' && lookOf(last) === lookOf(span))
      last.text += span.text;
    else all.push({ ...span });
  }
  return all;
};
