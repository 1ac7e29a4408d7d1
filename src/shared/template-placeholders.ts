import type { Text } from './text/text.js';
import { codesOf } from './vocabulary.js';

/**
 * The names that stand in a template's text for what is of a ticket or of whoever applies it, with what they are filled with; `text` is
 * the template's own text, in its commands.
 */
export const placeholderLabels = {
  reference: { fr: 'référence du billet', en: 'the ticket’s reference' },
  title: { fr: 'titre', en: 'title' },
  establishment: { fr: 'établissement', en: 'establishment' },
  team: { fr: 'équipe', en: 'team' },
  assignee: { fr: 'agent à qui il est confié', en: 'whoever it is assigned to' },
  me: { fr: 'votre nom', en: 'your name' },
  text: { fr: 'texte du modèle, dans une action', en: 'the template’s text, in an action' },
} as const satisfies Record<string, Text>;
export type Placeholder = keyof typeof placeholderLabels;

export const placeholders = codesOf(placeholderLabels);
