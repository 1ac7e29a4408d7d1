import { type BrokenInvariant, figureNames } from '../../../bulletins/index.js';
import type { Text } from '../../../shared/text/text.js';

/** A rule that figures must keep to be published, in words, and the invariants that it stands for. */
export interface Rule {
  name: Text;
  invariants: readonly string[];
}

export const rules: readonly Rule[] = [
  {
    name: {
      fr: 'Les billets actifs découlent de la veille et des mouvements du jour',
      en: 'Active tickets follow from the day before and the day’s movements',
    },
    invariants: ['backlog-follows-from-the-day-before'],
  },
  {
    name: {
      fr: 'Les résolus le jour même ne dépassent pas les ouverts',
      en: 'Tickets resolved the same day are no more than those opened',
    },
    invariants: ['resolved-same-day-within-opened'],
  },
  {
    name: { fr: 'Aucun chiffre n’est négatif', en: 'No figure is negative' },
    invariants: figureNames.map((figure) => `${figure}-not-negative`),
  },
  {
    name: {
      fr: 'Le total est la somme des établissements',
      en: 'The total is the sum of the establishments',
    },
    invariants: figureNames.map((figure) => `total-of-${figure}`),
  },
  {
    name: {
      fr: 'Tout billet cédé par un établissement est reçu par un autre',
      en: 'Every ticket that leaves an establishment arrives at another',
    },
    invariants: ['transfers-balance'],
  },
  {
    name: { fr: 'Tous les billets sont comptés en entier', en: 'Every ticket is counted in full' },
    invariants: ['figures-are-whole'],
  },
];

/** The further rule that is checked when a published day is revised. */
export const revisionRule: Rule = {
  name: {
    fr: 'Les événements parvenus depuis expliquent chaque écart',
    en: 'The events that arrived since explain every difference',
  },
  invariants: figureNames.map((figure) => `causes-explain-${figure}`),
};

export const brokenIn = (
  { invariants }: Rule,
  broken: readonly BrokenInvariant[],
): readonly BrokenInvariant[] => broken.filter(({ invariant }) => invariants.includes(invariant));
