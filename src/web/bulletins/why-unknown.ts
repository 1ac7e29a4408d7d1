import { behindIn } from '../../billets-quotidiens/index.js';
import type { Language } from '../../shared/text.js';
import type { BulletinState } from './reading/bulletin-state.js';
import { bulletinWordsIn } from './bulletin-words.js';

/** Why nothing can be said of the rules about figures; undefined where something can. */
export const whyUnknown = ({ figures, behind }: BulletinState, language: Language): string | undefined => {
  if (!figures) return bulletinWordsIn(language)('notBegun');
  return behind && behindIn(language, behind);
};
