/** Text that is HTML already, and is not to be escaped again. */
export class Html {
  constructor(readonly text: string) {}

  toString(): string {
    return this.text;
  }
}

type Piece = Html | string | number | undefined | false | readonly Piece[];

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const written = (piece: Piece): string => {
  if (piece instanceof Html) return piece.text;
  if (piece === undefined || piece === false) return '';
  if (typeof piece === 'object') return piece.map(written).join('');
  return escapeHtml(String(piece));
};

const escape = (text: string, characters: RegExp): string =>
  text.replace(characters, (character) => entities[character] ?? character);

/** Text as it stands between tags, and in an attribute between quotes of either kind. */
const escapeHtml = (text: string): string => escape(text, /[&<>"']/g);

/** Text as it stands between tags, and in an attribute between double quotes: a document's apostrophes stay as people wrote them. */
export const escapeDocumentText = (text: string): string => escape(text, /[&<>"]/g);

/** HTML from a template; whatever is put in is escaped, unless it is HTML. Nothing is written of undefined and false. */
export const html = (texts: TemplateStringsArray, ...pieces: readonly Piece[]): Html =>
  new Html(texts.map((text, index) => text + written(pieces[index])).join(''));
