import { locales, type Language } from '../../../shared/text/text.js';

const thousands = /^\d{1,3}(,\d{3})+(\.\d+)?$/;
/** Points before groups of three digits: some people write thousands so, others decimals. */
const pointed = /^\d{1,3}(\.\d{3})+(,\d+)?$/;
const plain = /^\d+(\.\d+)?$/;

const digitsOf = (typed: string): string => typed.replace(/[\s'’]/g, '').replace(/%$/, '');

/**
 * Whether a number may have been meant with thousands as well as with decimals. In French a point is neither; it is read as a
 * decimal comma where nothing else makes sense.
 */
export const isAmbiguous = (typed: string, language: Language): boolean =>
  language === 'fr' && pointed.test(digitsOf(typed));

/** Reads a number as people of the language type it: «23 431», «78,1»; "23,431", "78.1". Undefined for no number or an ambiguous one. */
export const numberTyped = (typed: string, language: Language): number | undefined => {
  if (isAmbiguous(typed, language)) return undefined;
  const digits = digitsOf(typed);
  const text =
    language === 'en' && thousands.test(digits) ? digits.replaceAll(',', '') : digits.replace(',', '.');
  return plain.test(text) ? Number(text) : undefined;
};

/** Writes a number as it would be typed, with all its decimals. */
export const typedNumber = (value: number | undefined, language: Language): string =>
  value === undefined
    ? ''
    : new Intl.NumberFormat(locales[language], { maximumFractionDigits: 15 })
        .format(value)
        .replace(/\u202F/g, '\u00A0');
