import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import * as vocabulary from '../../src/shared/vocabulary.js';
import type { Text } from '../../src/shared/text.js';

const root = fileURLToPath(new URL('../../src', import.meta.url));
const home = 'shared/vocabulary.ts';

/** Words that are written like a label and are another thing, by the file they stand in. */
const others: Record<string, readonly string[]> = {
  // The state of a day, not of a ticket.
  'web/page/words.ts': ['En cours', 'In progress'],
  // What a tablet has not sent yet.
  'web/equipe/app/views/page.ts': ['en attente'],
  'web/equipe/app/views/queue.ts': ['en attente'],
};

const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
  (file) => /\.m?[jt]s$/.test(file) && !/\.spec\.ts$|\/testing\/|^client\//.test(file) && file !== home,
);

/** Every piece of text in a program: its strings, and what stands between the tags and the values of its templates. */
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

/** As they are written, and in a sentence, where that is not a code; English words in lower case are in every program. */
const labels = new Set([
  ...texts.flatMap(({ fr, en }) => [fr, en]),
  ...texts.map(({ fr }) => vocabulary.withinSentence(fr)).filter((label) => !codes.has(label)),
]);

const labelsIn = (source: string): string[] => [
  ...new Set(piecesOf(source).filter((piece) => labels.has(piece))),
];

describe('the names of codes', () => {
  it('are written in the vocabulary and nowhere else', () => {
    const found = files.flatMap((file) =>
      labelsIn(readFileSync(join(root, file), 'utf8'))
        .filter((label) => !others[file]?.includes(label))
        .map((label) => `${file}: ${label}`),
    );
    expect(found).toEqual([]);
  });

  it('are found in strings, in templates and between tags', () => {
    const source =
      "const a = ['Critique', `${b}Fermé`, html`<td>\n  Annulés </td><b>${c}</b> en double`, 'critiquer'];";
    expect(labelsIn(source)).toEqual(['Critique', 'Fermé', 'Annulés', 'en double']);
  });

  it('are spared only where they are something else', () => {
    for (const [file, words] of Object.entries(others)) {
      expect(labelsIn(readFileSync(join(root, file), 'utf8'))).toEqual(expect.arrayContaining([...words]));
    }
  });
});
