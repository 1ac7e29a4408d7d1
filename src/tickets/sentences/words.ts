import type { Language } from '../../shared/text.js';
import type { Category, HoldReason, Priority, Resolution } from '../ticket.events.js';

/** What the codes of the contract are called by people, within a sentence. */
interface Words {
  categories: Record<Category, string>;
  priorities: Record<Priority, string>;
  /** What a ticket on hold waits for. */
  holdReasons: Record<HoldReason, string>;
  resolutions: Record<Resolution['code'], string>;
}

export const words: Record<Language, Words> = {
  fr: {
    categories: {
      acces: 'accès',
      impression: 'impression',
      ordonnances: 'ordonnances',
      pharmacie: 'pharmacie',
      laboratoire: 'laboratoire',
      imagerie: 'imagerie',
      'rendez-vous': 'rendez-vous',
      admission: 'admission',
      materiel: 'matériel',
      'documentation-clinique': 'documentation clinique',
      'bloc-operatoire': 'bloc opératoire',
      formation: 'formation',
      autre: 'autre',
    },
    priorities: { P1: 'critique', P2: 'haute', P3: 'moyenne', P4: 'basse' },
    holdReasons: { user: 'de l’utilisateur', vendor: 'du fournisseur', change: 'd’un changement' },
    resolutions: {
      fixed: 'réparé',
      configuration: 'configuration corrigée',
      training: 'utilisateur formé',
      'hardware-replaced': 'matériel remplacé',
      workaround: 'contourné',
      'no-fault-found': 'aucune anomalie trouvée',
      duplicate: 'en double',
    },
  },
  en: {
    categories: {
      acces: 'access',
      impression: 'printing',
      ordonnances: 'prescriptions',
      pharmacie: 'pharmacy',
      laboratoire: 'laboratory',
      imagerie: 'imaging',
      'rendez-vous': 'appointments',
      admission: 'admission',
      materiel: 'equipment',
      'documentation-clinique': 'clinical documentation',
      'bloc-operatoire': 'operating room',
      formation: 'training',
      autre: 'other',
    },
    priorities: { P1: 'critical', P2: 'high', P3: 'medium', P4: 'low' },
    holdReasons: { user: 'the user', vendor: 'the vendor', change: 'a change' },
    resolutions: {
      fixed: 'fixed',
      configuration: 'configuration corrected',
      training: 'user trained',
      'hardware-replaced': 'hardware replaced',
      workaround: 'worked around',
      'no-fault-found': 'no fault found',
      duplicate: 'duplicate',
    },
  },
};
