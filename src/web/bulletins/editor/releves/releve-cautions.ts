import type { Language } from '../../../../shared/text/text.js';
import type { BulletinWord } from '../../bulletin-words.js';
import type { ReleveRow } from '../draft-form.js';
import { numberTyped } from '../typed-number.js';

/** Relevés that count people or things, and so are whole numbers. */
const countedWhole = ['connected-users', 'simultaneous-users', 'documented-surgeries'];

/** Cautions about values that are probably typing errors but may be right: shown beside the fields, and never refused. */
export const cautionsOf = (
  { code, value, total, unit }: Pick<ReleveRow, 'code' | 'value' | 'total' | 'unit'>,
  language: Language,
): BulletinWord[] => {
  const [given, of] = [numberTyped(value, language), numberTyped(total, language)];
  if (given === undefined) return [];
  const isPercent = unit === '%';
  const isCount = countedWhole.includes(code) && !isPercent;
  const isWhole = [given, of ?? 0].every(Number.isInteger);
  return [
    ...(of !== undefined && given > of ? (['moreThanTotal'] as const) : []),
    ...(of === undefined && isPercent && given > 100 ? (['morePercent'] as const) : []),
    ...(isCount && !isWhole ? (['notWhole'] as const) : []),
  ];
};
