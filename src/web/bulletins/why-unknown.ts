import { behindIn } from '../../billets-quotidiens/index.js';
import type { Language } from '../../shared/text/text.js';
import type { BulletinState } from './reading/bulletin-state.js';
import { bulletinWordsIn } from './bulletin-words.js';

/** Why the rules about figures can't be checked now; undefined where they can. */
export const whyUnknown = ({ figures, behind }: BulletinState, language: Language): string | undefined => {
  if (!figures) return bulletinWordsIn(language)('notBegun');
  return behind && behindIn(language, behind);
};
