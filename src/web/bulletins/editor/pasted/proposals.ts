import type { DraftForm } from '../draft-form.js';
import { meantText, readText, typeset } from './meant-text.js';
import type { SectionName } from '../../../../bulletins/index.js';
import { typographyChanges, type TypographyChange } from './typography-changes.js';

/** How a text would be read and set. */
export interface Proposal {
  /** The field's name in the form. */
  field: string;
  /** Its lists or its heading would be written in another way. */
  isReadOtherwise: boolean;
  words: readonly TypographyChange[];
}

/** What is read and set beside the requests of others; a bulletin has some thousand characters. */
const maxLength = 60_000;

const textsOf = ({
  bilan,
  objectif,
  highlights,
}: DraftForm): [field: string, text: string, SectionName][] => [
  ['/sections/bilan', bilan, 'bilan'],
  ...highlights.map(({ text }, row): [string, string, SectionName] => [
    ...([`/highlights/${row}/text`, text, 'faitsSaillants'] as const),
  ]),
  ['/sections/objectif', objectif, 'objectif'],
];

const isTooLong = (form: DraftForm): boolean =>
  textsOf(form).reduce((sum, [, text]) => sum + text.length, 0) > maxLength;

/** The proposals for a typed draft; none for a text that is as it would be. */
export const proposalsFor = (form: DraftForm): Proposal[] => {
  if (isTooLong(form)) return [];
  return textsOf(form)
    .map(([field, text, section]) => {
      const read = readText(text, section);
      return { field, isReadOtherwise: read !== text, words: typographyChanges(read, typeset(read)) };
    })
    .filter(({ isReadOtherwise, words }) => isReadOtherwise || words.length > 0);
};

/** The draft with every proposal taken. */
export const withProposals = (form: DraftForm): DraftForm => {
  if (isTooLong(form)) return form;
  return {
    ...form,
    bilan: meantText(form.bilan, 'bilan'),
    objectif: meantText(form.objectif, 'objectif'),
    highlights: form.highlights.map((row) => ({ ...row, text: meantText(row.text, 'faitsSaillants') })),
  };
};
