import { speaking, type Text } from '../../../../shared/text/text.js';

const texts = {
  proposals: { fr: 'Typographie et listes', en: 'Typography and lists' },
  readOtherwise: {
    fr: 'Ses listes ou son titre seraient écrits comme ils se lisent: sous-listes en retrait, sans le titre que la section porte déjà.',
    en: 'Its lists or its heading would be written as they are read: lists within lists indented, without the heading that the section has already.',
  },
  nothingImposed: {
    fr: 'Rien ne change sans vous. Le signe ⎵ montre un espace où la ligne ne se coupe pas.',
    en: 'Nothing changes without you. The sign ⎵ shows a space at which no line ends.',
  },
  noBreak: { fr: 'espace insécable', en: 'no-break space' },
  insteadOf: { fr: 'au lieu de ', en: 'instead of ' },
  and: { fr: 'et', en: 'and' },
  other: { fr: 'autre', en: 'more' },
  others: { fr: 'autres', en: 'more' },
  accept: { fr: 'Appliquer', en: 'Apply' },
  paste: { fr: 'Coller un bulletin entier', en: 'Paste a whole bulletin' },
  pasteHint: {
    fr: 'Tel qu’il a été écrit ailleurs, titres compris. Ce qu’il contient remplace ce que l’ébauche en a; rien n’est enregistré avant vous.',
    en: 'As it was written elsewhere, headings included. What it has replaces what the draft has of it; nothing is saved before you do.',
  },
  pastedText: { fr: 'Texte du bulletin', en: 'Text of the bulletin' },
  withTypography: {
    fr: 'Appliquer la typographie française',
    en: 'Apply French typography',
  },
  read: { fr: 'Lire', en: 'Read' },
  wasRead: {
    fr: 'Le bulletin collé est lu. Relisez-le, puis enregistrez l’ébauche.',
    en: 'The pasted bulletin is read. Check it, then save the draft.',
  },
  nothingRead: {
    fr: 'Aucun titre de bulletin n’a été reconnu: le texte est dans le bilan.',
    en: 'No heading of a bulletin was recognized: the text is in the summary.',
  },
  otherDate: { fr: 'Il est daté d’un autre jour', en: 'It is dated on another day' },
  unreadTicketDay: {
    fr: 'Le jour des billets n’a pas pu être lu; vérifiez celui de l’ébauche',
    en: 'The ticket day could not be read; check the one of the draft',
  },
  unplaced: {
    fr: 'Lignes qui n’ont pas de place dans une ébauche, à reprendre s’il le faut',
    en: 'Lines that have no place in a draft, to be taken up where needed',
  },
  counted: {
    fr: 'Les chiffres des billets sont comptés, et non repris',
    en: 'Ticket figures are counted, and not taken over',
  },
  set: { fr: 'Typographie appliquée', en: 'Typography applied' },
} satisfies Record<string, Text>;

/** The words about pasted texts and typography. */
export const pasteWordsIn = speaking(texts);
