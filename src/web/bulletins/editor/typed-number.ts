import { locales, type Language } from '../../../shared/text.js';

const thousands = /^\d{1,3}(,\d{3})+(\.\d+)?$/;
/** Points between threes: thousands to some, a decimal to others. */
const pointed = /^\d{1,3}(\.\d{3})+(,\d+)?$/;
const plain = /^\d+(\.\d+)?$/;

const digitsOf = (typed: string): string => typed.replace(/[\s'’]/g, '').replace(/%$/, '');

/** Whether it may be thousands as well as a decimal: in French a point is neither, and is taken for a comma where only that makes sense. */
export const isAmbiguous = (typed: string, language: Language): boolean =>
  language === 'fr' && pointed.test(digitsOf(typed));

/** A number as people of the language type it: «23 431», «78,1»; "23,431", "78.1". undefined where it is none, or may be two. */
export const numberTyped = (typed: string, language: Language): number | undefined => {
  if (isAmbiguous(typed, language)) return undefined;
  const digits = digitsOf(typed);
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
