/** The longest text of a bulletin. */
const maxMarkdownLength = 20_000;

const filled = (piece: string): string =>
  piece.repeat(Math.ceil(maxMarkdownLength / piece.length)).slice(0, maxMarkdownLength - 10);

const deeper = (line: (depth: number) => string): string =>
  Array.from({ length: 190 }, (_, depth) => line(depth + 1))
    .join('\n')
    .slice(0, maxMarkdownLength - 10);

/** Markdown on which parsers and layouts are known to take long, by what it is. */
export const hostileMarkdown: Readonly<Record<string, string>> = {
  'opening brackets': filled('['),
  'brackets within brackets': '['.repeat(9_990) + ']'.repeat(9_990),
  'images that never end': filled('![]('),
  'links that never end': filled('[a]('),
  links: filled('[a](http://b.ca) '),
  stars: filled('*'),
  'emphasis that never ends': filled('*a '),
  'emphasis within emphasis': filled('**a '),
  underscores: filled('_a '),
  backticks: filled('`'),
  'backticks, ever more': deeper((depth) => `${'`'.repeat(depth)}a`),
  'quotes in a line': filled('>'),
  'quotes within quotes': deeper((depth) => `${'>'.repeat(depth)} a`),
  'lists in a line': filled('- '),
  'lists within lists': deeper((depth) => `${' '.repeat(depth)}- a`),
  angles: filled('<'),
  'tags that never end': filled('<a '),
  'comments that never end': filled('<!--'),
  'character references': filled('&amp;'),
  tables: filled('|a|b|\n|--|--|\n'),
  'hard breaks': filled('a\\\n'),
  paragraphs: filled('a\n\n'),
  headings: filled('# a\n'),
  rules: filled('---\n'),
  definitions: filled('[a]: b\n'),
  code: filled('    a\n'),
  'a long word': filled('a'),
  'a look for each letter': filled('**a**b'),
};
