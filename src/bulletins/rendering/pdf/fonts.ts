import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { openSync } from 'fontkit';

const packages = createRequire(import.meta.url);
const folderIn = (name: string, ...folder: string[]): string =>
  join(dirname(packages.resolve(`${name}/package.json`)), ...folder);

const roboto = folderIn('pdfmake', 'fonts', 'Roboto');
const dejaVu = folderIn('dejavu-fonts-ttf', 'ttf');

/** The font of every bulletin, and the font for characters that it lacks. */
export const fonts = {
  Roboto: {
    normal: join(roboto, 'Roboto-Regular.ttf'),
    bold: join(roboto, 'Roboto-Medium.ttf'),
    italics: join(roboto, 'Roboto-Italic.ttf'),
    bolditalics: join(roboto, 'Roboto-MediumItalic.ttf'),
  },
  DejaVu: {
    normal: join(dejaVu, 'DejaVuSans.ttf'),
    bold: join(dejaVu, 'DejaVuSans-Bold.ttf'),
    italics: join(dejaVu, 'DejaVuSans-Oblique.ttf'),
    bolditalics: join(dejaVu, 'DejaVuSans-BoldOblique.ttf'),
  },
  /** For what DejaVu has in its plain look alone, such as pictograms. */
  DejaVuPlain: {
    normal: join(dejaVu, 'DejaVuSans.ttf'),
    bold: join(dejaVu, 'DejaVuSans.ttf'),
    italics: join(dejaVu, 'DejaVuSans.ttf'),
    bolditalics: join(dejaVu, 'DejaVuSans.ttf'),
  },
};
export type FontName = keyof typeof fonts;
export const fontFolders: readonly string[] = [roboto, dejaVu];

const robotoLetters = openSync(fonts.Roboto.normal);
const dejaVuLetters = openSync(fonts.DejaVu.normal);
const { normal: _normal, ...otherLooks } = fonts.DejaVu;
const dejaVuLooks = [dejaVuLetters, ...Object.values(otherLooks).map((file) => openSync(file))];

/** The font that has a letter: DejaVu for those that only it has, such as arrows and syllabics (ᓄᓇᕕᒃ); undefined where none has it. */
const fontWith = (letter: string): FontName | undefined => {
  const code = letter.codePointAt(0) ?? 0;
  if (robotoLetters.hasGlyphForCodePoint(code)) return 'Roboto';
  const looks = dejaVuLooks.filter((look) => look.hasGlyphForCodePoint(code));
  if (looks.length === dejaVuLooks.length) return 'DejaVu';
  return looks.includes(dejaVuLetters) ? 'DejaVuPlain' : undefined;
};

/** Whether a letter would be printed, and not an empty box. */
export const isPrintable = (letter: string): boolean => fontWith(letter) !== undefined;

const unseen = /\p{Cf}/u;

/** A part of a text in one font. */
export interface FontRun {
  text: string;
  font: FontName;
  /** What was written, where no font has it and `text` is an empty box in its place. */
  actual?: string;
}

/** A text in runs, each in a font that has its letters. */
export const runsOf = (text: string): FontRun[] => {
  const runs: FontRun[] = [];
  for (const letter of text) {
    const last = runs.at(-1);
    const run = runOf(letter, last?.font);
    if (last?.font === run.font && !last.actual && !run.actual) last.text += run.text;
    else if (run.text !== '') runs.push(run);
  }
  return runs;
};

const emptyBox = '□';

/** No font's sign for «there is none» may be drawn (PDF/UA-1, 7.21.8): something stands in for each letter that no font has. */
const runOf = (letter: string, before: FontName | undefined): FontRun => {
  // The layout breaks lines there, and draws nothing.
  if (letter === '\n') return { text: letter, font: before ?? 'Roboto' };
  const font = before !== undefined && unseen.test(letter) && has(before, letter) ? before : fontWith(letter);
  if (font !== undefined) return { text: letter, font };
  if (unseen.test(letter)) return { text: '', font: before ?? 'Roboto' };
  if (/\s/.test(letter)) return { text: ' ', font: 'Roboto' };
  return { text: emptyBox, font: 'DejaVu', actual: letter };
};

const has = (font: FontName, letter: string): boolean =>
  (font === 'Roboto' ? robotoLetters : dejaVuLetters).hasGlyphForCodePoint(letter.codePointAt(0) ?? 0);
