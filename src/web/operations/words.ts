import { speaking, type Text } from '../../shared/text/text.js';
import { accessActionLabels } from '../../shared/vocabulary.js';

/** The words of the operators' pages. */
const texts = {
  refresh: { fr: 'Actualiser', en: 'Refresh' },
  eventLoop: { fr: 'Boucle d’événements de ce serveur', en: 'Event loop of this server' },
  eventLoopP99: { fr: 'de retard au plus 99 fois sur 100', en: 'late at most 99 times of 100' },
  eventLoopMax: { fr: 'au pire, depuis une minute ou deux', en: 'at worst, in the last minute or two' },
  projections: { fr: 'Projections', en: 'Projections' },
  projection: { fr: 'Projection', en: 'Projection' },
  version: { fr: 'version', en: 'version' },
  generation: { fr: 'génération', en: 'generation' },
  state: { fr: 'État', en: 'State' },
  following: { fr: 'Suit le journal', en: 'Follows the log' },
  failing: { fr: 'En échec', en: 'Failing' },
  leaderless: { fr: 'Sans serveur', en: 'No server' },
  outdated: { fr: 'Ancienne version', en: 'Older version' },
  since: { fr: 'depuis le', en: 'since' },
  lag: { fr: 'Retard', en: 'Lag' },
  upToDate: { fr: 'aucun', en: 'none' },
  unknown: { fr: 'inconnu: le journal ne répond pas', en: 'unknown: the log does not answer' },
  position: { fr: 'Position', en: 'Position' },
  perSecond: { fr: 'événements par seconde', en: 'events a second' },
  leader: { fr: 'Serveur', en: 'Server' },
  rebuild: { fr: 'Reconstruire', en: 'Rebuild' },
  rebuildStep: { fr: 'Reconstruire…', en: 'Rebuild…' },
  cancelRebuild: { fr: 'Annuler la reconstruction', en: 'Cancel the rebuild' },
  rebuilding: { fr: 'Reconstruction', en: 'Rebuild' },
  left: { fr: 'reste', en: 'left' },
  corrected: {
    fr: 'lignes corrigées par la dernière reconstruction',
    en: 'rows corrected by the last rebuild',
  },
  confirmRebuild: { fr: 'Reconstruire la projection?', en: 'Rebuild the projection?' },
  rebuildMeans: {
    fr: 'Ses lignes sont refaites à partir du début du journal, à côté de celles qui servent; elles les remplacent une fois aussi loin. Les pages répondent pendant ce temps, et le serveur travaille plus.',
    en: 'Its rows are made anew from the beginning of the log, beside those that are served, which they replace once they are as far. Pages answer meanwhile, and the server works more.',
  },
  back: { fr: 'Retour', en: 'Back' },
  putAside: accessActionLabels['dead-letters'],
  putAsideHint: {
    fr: 'Une projection n’a pas pu les appliquer; ce qui suit dans le même billet attend derrière. Corrigez la cause (souvent: mettez le serveur à jour), puis réessayez. Rien n’est perdu.',
    en: 'A projection could not apply them; what follows in the same ticket waits behind. Mend the cause (often: update the server), then retry. Nothing is lost.',
  },
  nonePutAside: { fr: 'Aucun événement n’est mis de côté.', en: 'No event is put aside.' },
  event: { fr: 'Événement', en: 'Event' },
  error: { fr: 'Erreur', en: 'Error' },
  attempts: { fr: 'essais', en: 'attempts' },
  waiting: { fr: 'en attente derrière', en: 'waiting behind it' },
  retry: { fr: 'Réessayer', en: 'Retry' },
  hours: { fr: 'Heures de', en: 'Times of' },
  doneRebuilding: { fr: 'La reconstruction a commencé.', en: 'The rebuild has begun.' },
  doneCancelled: { fr: 'La reconstruction est annulée.', en: 'The rebuild is cancelled.' },
  doneRetried: {
    fr: 'L’événement est appliqué, avec ce qui attendait derrière.',
    en: 'The event is applied, with what waited behind it.',
  },
  doneStillFailing: {
    fr: 'L’événement ne peut toujours pas être appliqué; l’erreur ci-dessous dit pourquoi.',
    en: 'The event still can’t be applied; the error below says why.',
  },
  doneNoLeader: {
    fr: 'Aucun serveur n’applique les événements en ce moment; l’essai aura lieu dès qu’il y en aura un.',
    en: 'No server applies events now; the event is retried as soon as there is one.',
  },
} satisfies Record<string, Text>;

export type OperationsWord = keyof typeof texts;
export const operationsWordsIn = speaking(texts);

/** What a page says after a step, by the value of `?done`. */
export const doneOperationWords = {
  rebuilding: 'doneRebuilding',
  cancelled: 'doneCancelled',
  retried: 'doneRetried',
  'still-failing': 'doneStillFailing',
  'no-leader': 'doneNoLeader',
} as const satisfies Record<string, OperationsWord>;
export type DoneOperation = keyof typeof doneOperationWords;

/** Why an event that was tried again is still put aside, which the page tells beside it. */
export const failedRetries = ['still-failing', 'no-leader'] as const satisfies readonly DoneOperation[];
