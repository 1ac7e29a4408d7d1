import { speaking, type Language, type Text } from '../../../shared/text/text.js';
import type { SectionName } from '../../domain/bulletin.events.js';

/** The words that the bulletin prints. The French ones are those of the real bulletin; the English ones translate them. */
const texts = {
  logo: { fr: 'Logo', en: 'Logo' },
  title: { fr: 'Mise à jour quotidienne', en: 'Daily update' },
  subtitle: { fr: 'Dossier santé numérique (DSN)', en: 'Digital health record (DSN)' },
  bilan: { fr: 'Bilan', en: 'Summary' },
  highlights: { fr: 'Faits saillants', en: 'Highlights' },
  technology: { fr: 'Mise à jour technologique', en: 'Technology update' },
  /** The published name, which is the same in both languages. */
  tickets: { fr: 'Billets quotidiens', en: 'Billets quotidiens' },
  wholeDay: { fr: '00h00 à 23h59', en: '00:00 to 23:59' },
  opened: { fr: 'Nombre de billets quotidiens', en: 'Number of daily tickets' },
  resolvedSameDay: {
    fr: 'Nombre de billets quotidiens résolus au cours de cette même période',
    en: 'Number of daily tickets resolved during that same period',
  },
  notBegun: {
    fr: 'Cette journée n’a pas encore commencé: elle n’a pas de chiffres.',
    en: 'This day has not begun yet: it has no figures.',
  },
  weekChart: { fr: 'Graphique de la semaine', en: 'Chart of the week' },
  day: { fr: 'Jour', en: 'Day' },
  releveAdded: { fr: 'ajouté', en: 'added' },
  releveRemoved: { fr: 'retiré', en: 'taken out' },
  chartAdded: { fr: 'ajouté', en: 'added' },
  chartRemoved: { fr: 'retiré', en: 'taken out' },
  chartChanged: { fr: 'chiffres mis à jour', en: 'figures brought up to date' },
  objectif: { fr: 'Objectif du jour', en: 'Objective of the day' },
  and: { fr: 'et', en: 'and' },
  draft: {
    fr: 'Ébauche : les textes et les chiffres peuvent encore changer.',
    en: 'Draft: texts and figures may still change.',
  },
  retired: { fr: 'retiré', en: 'withdrawn' },
  withdrawn: { fr: 'Bulletin retiré le', en: 'Bulletin withdrawn on' },
  correction: { fr: 'Rectificatif', en: 'Correction' },
  insteadOf: { fr: 'au lieu de', en: 'instead of' },
  revision: { fr: 'révision', en: 'revision' },
  texts: { fr: 'Textes modifiés', en: 'Texts changed' },
  releves: { fr: 'Relevés modifiés', en: 'Other figures changed' },
  events: {
    fr: 'Événements parvenus depuis, à l’origine de ces écarts',
    en: 'Events that arrived since and caused these differences',
  },
  annex: { fr: 'Détail par établissement', en: 'By establishment' },
  establishment: { fr: 'Établissement', en: 'Establishment' },
  total: { fr: 'Total', en: 'Total' },
  published: { fr: 'Publié le', en: 'Published' },
  known: { fr: 'Chiffres des billets connus le', en: 'Ticket figures as known on' },
  position: { fr: 'position', en: 'position' },
  definitions: { fr: 'définitions, version', en: 'definitions, version' },
  source: { fr: 'Source', en: 'Source' },
  verified: { fr: 'Signé, signature vérifiée', en: 'Signed, signature verified' },
  invalid: {
    fr: 'SIGNATURE NON VALIDE : ce bulletin a été modifié après sa publication',
    en: 'SIGNATURE NOT VALID: this bulletin was changed after its publication',
  },
  'unknown-key': { fr: 'Signé par une clé inconnue ici', en: 'Signed by a key not known here' },
  unsigned: { fr: 'Publié sans signature', en: 'Published unsigned' },
  key: { fr: 'clé', en: 'key' },
  logHash: { fr: 'empreinte du journal', en: 'hash of the log' },
} satisfies Record<string, Text>;
export type DocumentWord = keyof typeof texts;

export const printedWordsIn = speaking(texts);

/** A label and its value, «Nombre de billets quotidiens : 1107»; in French a space stands before the colon. */
export const labelled = (language: Language, label: string, value: string): string =>
  `${label}${language === 'fr' ? ' :' : ':'} ${value}`;

export const sectionWords: Record<SectionName, DocumentWord> = {
  bilan: 'bilan',
  faitsSaillants: 'highlights',
  objectif: 'objectif',
};
