import type { Language } from '../../../shared/text/text.js';
import {
  categoryLabels,
  holdReasonLabels,
  priorityLabels,
  resolutionLabels,
  sentenceLabels,
} from '../../../shared/vocabulary.js';

/** What the codes of the contract are called by people, within a sentence. */
export const wordsIn = (language: Language) => ({
  categories: sentenceLabels(categoryLabels, language),
  priorities: sentenceLabels(priorityLabels, language),
  /** What a ticket on hold waits for. */
  holdReasons: sentenceLabels(holdReasonLabels, language),
  resolutions: sentenceLabels(resolutionLabels, language),
});
