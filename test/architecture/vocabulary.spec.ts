import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import * as vocabulary from '../../src/shared/vocabulary.js';
import type { Text } from '../../src/shared/text/text.js';
import { sourceFiles } from '../support/architecture/source-files.js';

const home = 'shared/vocabulary.ts';

/** Words that are spelled like a label but mean something else, by the file they are in. */
const exceptions: Record<string, readonly string[]> = {
  // These are the state of a day, not of a ticket.
  'web/page/words.ts': ['En cours', 'In progress'],
  // This is what a tablet has not sent yet.
  'web/equipe/app/views/words/words.ts': ['en attente'],
};

const files = sourceFiles.filter(({ path }) => !/\/testing\/|^client\//.test(path) && path !== home);

/** Every piece of text in a program: its strings, and the text between the tags and the values of its templates. */
const piecesOf = (source: string): string[] => {
  const pieces: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteral(node) || ts.isTemplateLiteralToken(node))
      pieces.push(...node.text.split(/<[^>]*>|[<>]/));
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('x.ts', source, ts.ScriptTarget.Latest));
  return pieces.map((piece) => piece.replace(/\s+/g, ' ').trim());
};

const tables = Object.entries(vocabulary).filter(
  ([name, table]) => name.endsWith('Labels') && typeof table === 'object',
) as unknown as [string, Record<string, Text>][];
const texts = [...tables.flatMap(([, labels]) => Object.values(labels)), vocabulary.activeNowLabel];
const codes = new Set(tables.flatMap(([, labels]) => Object.keys(labels)));

/**
 * The labels as they are written, and the French labels as within a sentence, unless that is also a code. English labels in lower case are
 * left out, since such words are in every program.
 */
const labels = new Set([
  ...texts.flatMap(({ fr, en }) => [fr, en]),
  ...texts.map(({ fr }) => vocabulary.withinSentence(fr)).filter((label) => !codes.has(label)),
]);

const labelsIn = (source: string): string[] => [
  ...new Set(piecesOf(source).filter((piece) => labels.has(piece))),
];

describe('the labels of codes', () => {
  it('are written only in the vocabulary', () => {
    const found = files.flatMap(({ path, text }) =>
      labelsIn(text)
        .filter((label) => !exceptions[path]?.includes(label))
        .map((label) => `${path}: ${label}`),
    );
    expect(found).toEqual([]);
  });

  it('are found in strings, in templates and between tags', () => {
    const source =
      "const a = ['Critique', `${b}Fermé`, html`<td>\n  Annulés </td><b>${c}</b> en double`, 'critiquer'];";
    expect(labelsIn(source)).toEqual(['Critique', 'Fermé', 'Annulés', 'en double']);
  });

  it('are excepted only in files that contain them', () => {
    for (const [file, words] of Object.entries(exceptions)) {
      const source = sourceFiles.find(({ path }) => path === file);
      expect(labelsIn(source?.text ?? '')).toEqual(expect.arrayContaining([...words]));
    }
  });
});
