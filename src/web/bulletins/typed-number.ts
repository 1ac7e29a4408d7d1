import type { Language } from '../../shared/text.js';

const locales: Record<Language, string> = { fr: 'fr-CA', en: 'en-CA' };
const thousands = /^\d{1,3}(,\d{3})+(\.\d+)?$/;
const plain = /^\d+(\.\d+)?$/;

/** A number as people of the language type it: «23 431», «78,1»; "23,431", "78.1". undefined where it is none. */
export const numberTyped = (typed: string, language: Language): number | undefined => {
  const digits = typed.replace(/[\s'’]/g, '').replace(/%$/, '');
  const text =
    language === 'en' && thousands.test(digits) ? digits.replaceAll(',', '') : digits.replace(',', '.');
  return plain.test(text) ? Number(text) : undefined;
};

/** A number as it would be typed, with all of its decimals. */
export const typedNumber = (value: number | undefined, language: Language): string =>
  value === undefined
    ? ''
    : new Intl.NumberFormat(locales[language], { maximumFractionDigits: 15 })
        .format(value)
        .replace(/\u202F/g, '\u00A0');
