import type { Text } from '../text/text.js';
import { emailAddressesIn } from './email-address.js';
import { foldedText } from './folded-text.js';
import { healthNumbersIn } from './health-number.js';
import type { Identifier, IdentifierCode } from './identifier.js';
import { phoneNumbersIn } from './phone-number.js';

/** What stands in the place of each: its shape, so that a reader sees what was there, and neither its letters nor its length. */
const masks: Readonly<Record<IdentifierCode, string>> = {
  'health-number': '•••• •••• ••••',
  'phone-number': '•••-•••-••••',
  'email-address': '•••@•••',
};

export const identifierNames: Readonly<Record<IdentifierCode, Text>> = {
  'health-number': { fr: 'un numéro d’assurance maladie', en: 'a health insurance number' },
  'phone-number': { fr: 'un numéro de téléphone', en: 'a phone number' },
  'email-address': { fr: 'une adresse de courriel', en: 'an e-mail address' },
};

export const identifierCodes = Object.keys(masks) as readonly IdentifierCode[];

/** All need a digit or an @: most texts are read no further. */
const maybeAny = /[\p{Nd}@\ufe6b\uff20]/u;

/** The identifiers in a text, in order; of two that overlap the second begins where the first ends. */
export const identifiersIn = (written: string): Identifier[] => {
  if (!maybeAny.test(written)) return [];
  const { text, placeOf } = foldedText(written);
  const all = [...healthNumbersIn(text), ...emailAddressesIn(text), ...phoneNumbersIn(text)];
  const apart: Identifier[] = [];
  for (const identifier of all.sort((a, b) => a.start - b.start)) {
    const { code } = identifier;
    const { start, end } = placeOf(identifier.start, identifier.end);
    const from = Math.max(start, apart.at(-1)?.end ?? 0);
    if (end > from) apart.push({ code, start: from, end });
  }
  return apart;
};

/** The kinds of identifiers in a text, each once, always in the same order. */
export const identifierCodesIn = (text: string): IdentifierCode[] => {
  const found = new Set(identifiersIn(text).map(({ code }) => code));
  return identifierCodes.filter((code) => found.has(code));
};

/**
 * What is worth a word to whoever writes the text. Where people write how somebody is reached, a phone number or an address is what
 * belongs there; a health insurance number belongs nowhere.
 */
export const surprisingCodesIn = (text: string, { isContact }: { isContact: boolean }): IdentifierCode[] =>
  identifierCodesIn(text).filter((code) => code === 'health-number' || !isContact);

/** How often a text is read again for what the masks have laid bare; hardly any needs a second time. */
const maxReadings = 4;

/** The text with each identifier masked, as lists and logs show it; nothing in what is given is an identifier. */
export const masked = (text: string): string => {
  let shown = text;
  // A mask is no letter: beside one, what was part of a longer word may have become an identifier.
  for (let reading = 0; reading < maxReadings; reading += 1) {
    const identifiers = identifiersIn(shown);
    if (identifiers.length === 0) return shown;
    shown = withMasks(shown, identifiers);
  }
  // Nobody writes such a text but to get a number past the mask.
  return identifiersIn(shown).length === 0 ? shown : shown.replace(/[\p{Nd}@\ufe6b\uff20]/gu, '•');
};

const withMasks = (text: string, identifiers: readonly Identifier[]): string => {
  let shown = '';
  let from = 0;
  for (const { code, start, end } of identifiers) {
    shown += text.slice(from, start) + masks[code];
    from = end;
  }
  return shown + text.slice(from);
};
