import { found, joinedWord, type Identifier, type Neighbours } from './identifier.js';

const gap = '[^\\p{L}\\p{N}]{0,3}';

/** Four letters, together or each by itself, and eight digits, whatever stands between them. Which of these are one is judged below. */
const pattern = new RegExp(
  `(\\p{Script=Latin}{4}|\\p{Lu}[ .-]\\p{Lu}[ .-]\\p{Lu}[ .-]\\p{Lu})(${gap})(\\d(?:${gap}\\d){7})`,
  'gu',
);

/** The health insurance numbers of Québec (NAM) in a folded text: year, month and day of birth, the month 50 more for women. */
export const healthNumbersIn = (text: string): Identifier[] =>
  found('health-number', {
    text,
    pattern,
    isValid: ([, letters = '', between = '', digits = ''], neighbours) =>
      isHealthNumber(new Candidate(letters, between, digits), neighbours),
  });

/** Four letters and eight digits as they are written. */
class Candidate {
  readonly letters: string;
  readonly digits: string;
  /** The digits in the pieces in which they stand: «8-4-4» is one of eight and two of four. */
  readonly grouping: string;
  /** What stands between the letters and the digits, then between their pieces, without spaces around it. */
  readonly separators: readonly string[];

  constructor(
    written: string,
    readonly between: string,
    writtenDigits: string,
  ) {
    this.letters = written.replace(/\P{L}/gu, '');
    this.digits = writtenDigits.replace(/\D/g, '');
    this.grouping = writtenDigits
      .split(/\D+/)
      .map(({ length }) => length)
      .join('-');
    this.separators = [between, ...writtenDigits.split(/\d+/).slice(1, -1)].map(
      (separator) => separator.trim() || separator.slice(0, 1),
    );
  }

  /** As on the card. Words are written so only in headings. */
  get isInCapitals(): boolean {
    return this.letters === this.letters.toUpperCase();
  }

  get isHexadecimal(): boolean {
    return /^[a-f]{4}$/i.test(this.letters);
  }

  /** The signs between the pieces of the digits. */
  get digitSeparators(): readonly string[] {
    return this.separators.slice(1);
  }
}

const isHealthNumber = (candidate: Candidate, { before, after }: Neighbours): boolean => {
  if (/^\d/.test(after) || !isBirthDate(candidate.digits)) return false;
  if (announcement.test(before.toLowerCase())) return true;
  return (
    beginsAfter(candidate, before) &&
    endsBefore(candidate, after) &&
    !isOtherwiseNumbered(candidate, before) &&
    (candidate.isInCapitals || isWrittenAsUsual(candidate)) &&
    !isDateOrTime(candidate) &&
    !isAddress(candidate)
  );
};

const filler = '[^a-z0-9]{0,4}';
/** What says that a health insurance number comes next, whatever it looks like. */
const announcement = new RegExp(
  '(?:(?<![a-z])(?:n\\.?a\\.?m\\.?|ramq)|assurance.maladie|carte.(?:soleil|sante)|health.(?:card|insurance|number))' +
    `${filler}(?:(?:no|n°|num|numero|number|card|est|is|de|du|la|le|of|the|patiente?|usagere?|client)${filler}){0,3}$`,
);

/** Words to which people attach a number without a space. */
const attachedTo = /(?:patiente?|usagere?|dossier|client|carte)$/i;

/** Whether a word begins with the candidate's letters, or a number is attached to another word there. */
const beginsAfter = ({ letters, isInCapitals, isHexadecimal }: Candidate, before: string): boolean => {
  const last = before.at(-1) ?? '';
  if (/\p{N}/u.test(last)) return isInCapitals && !isHexadecimal && /\p{Ll}{3}\p{N}{1,4}$/u.test(before);
  if (!/\p{L}/u.test(last)) return !(isHexadecimal && /[0-9a-f][-:]$/i.test(before));
  if (attachedTo.test(before)) return true;
  if (isInCapitals) return /\p{Ll}/u.test(last) && !isHexadecimal;
  return letters === letters.toLowerCase() && /\p{Lu}{3}$/u.test(before) && !isHexadecimal;
};

/** Whether the number is over with its eight digits: those of cards, of assets and of versions go on. */
const endsBefore = (candidate: Candidate, after: string): boolean => {
  const { isInCapitals, isHexadecimal, grouping, digitSeparators } = candidate;
  if (/^\.\d{1,3}(?![\d-])/.test(after) || /^[ .-]{1,3}\d{4}[ .-]{1,3}\d{4}(?!\d)/.test(after)) return false;
  const [separator = ''] = digitSeparators;
  if (
    grouping === '4-4' &&
    /[.-]/.test(separator) &&
    new RegExp(`^\\${separator}\\d{4}(?![\\d/.-])`).test(after)
  )
    return false;
  if (grouping === '2-2-2-2' && !isInCapitals && /^[ ,./-]{1,2}\d{2}(?!\d)/.test(after)) return false;
  const [word] = /^\p{L}+/u.exec(after) ?? [];
  if (word === undefined) return true;
  if (isHexadecimal && /^[a-f]+$/i.test(word)) return false;
  return word.length >= 3 || (isInCapitals && word === word.toLowerCase());
};

const deviceNumber =
  /(?<![a-z])(?:s\/?n|p\/n|serie|serials?(?: (?:no|number|num))?|asset(?: tag)?|actif|inventaire|inventory|imei|uuid|mac|commit|hash|sha\d{0,3}|sku|isbn|lot|modele|model|part(?: (?:no|number))?|tag)(?:[ :#.=-]{1,3}(?:no|n°|num|number)?[ :#.=-]{0,3})$/;
const numberedThings = /^(?:task|ritm|inci|tick|proj)$/i;

/** Whether the word before it, or its own letters, say that it is the number of a thing. */
const isOtherwiseNumbered = ({ letters }: Candidate, before: string): boolean =>
  joinedWord(before)?.isSerial === true ||
  deviceNumber.test(before.toLowerCase()) ||
  numberedThings.test(letters);

const usualGroupings: ReadonlySet<string> = new Set(['8', '4-4', '6-2', '4-2-2', '2-2-4', '2-2-2-2']);
const usualSeparators = /^(?:|\s|[-._/*·])$/;
/** Words of four letters after which people write other numbers: of rooms, of invoices. */
const numberedPlaces =
  /^(?:lits|beds|room|nord|aile|hall|etag|lots|bons|code|acte|fact|port|item|dans|avec|pour|vers|chez|sans|puis|sous|plus|sont|from|with)$/i;

/** Whether four letters that are no capitals are more than a word before numbers. */
const isWrittenAsUsual = ({
  letters,
  between,
  grouping,
  separators,
  digitSeparators,
}: Candidate): boolean => {
  if (!usualGroupings.has(grouping) || !separators.every((each) => usualSeparators.test(each))) return false;
  if (between !== '' && numberedPlaces.test(letters)) return false;
  // «Edge 1001.1234» is a version, and so many dollars have a point too.
  return !digitSeparators.includes('.') || separators[0] === '.' || separators[0] === '';
};

/** Words and names of files after which people write dates. */
const dateWord =
  /^(?:mars|juin|juil|aout|sept|date|paru|emis|recu|pose|logs|file|data|scan|save|dump|copy)$/i;

/** Whether the digits are a date, as in «paru 20101105», or times of the day. */
const isDateOrTime = (candidate: Candidate): boolean => {
  const { letters, digits, between, grouping, digitSeparators, isInCapitals } = candidate;
  const [first = '', second = '', third = ''] = digitSeparators;
  if (digitSeparators.includes(':')) return !/^[4-8]/.test(grouping) || candidate.isHexadecimal;
  // «12/10/11 13» is a date and a number.
  if (grouping === '2-2-2-2' && first === second && /[/-]/.test(first) && third !== first) return true;
  if (!isDay(digits) || !(grouping === '8' || grouping === '4-2-2')) return false;
  if (dateWord.test(letters)) return true;
  if (between === '') return false;
  // On the card there are spaces.
  return !(isInCapitals && [between, first].every((separator) => separator.trim() === ''));
};

/** Whether the digits are the address of a machine: «host 10.11.12.13». */
const isAddress = ({ grouping, separators, digitSeparators }: Candidate): boolean =>
  grouping === '2-2-2-2' && digitSeparators.every((each) => each === '.') && separators[0] !== '.';

/** The longest month of each name; a leap day needs a year that can be divided by 4, in either century. */
const daysInMonth = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const isBirthDate = (digits: string): boolean => {
  const [year, month, day] = [0, 2, 4].map((at) => Number(digits.slice(at, at + 2))) as [
    number,
    number,
    number,
  ];
  return isMonthDay(year, month > 50 ? month - 50 : month, day);
};

/** Whether eight digits are a date of this or the last century. */
const isDay = (digits: string): boolean => {
  const year = Number(digits.slice(0, 4));
  const isRecent = year >= 1900 && year < 2100;
  return isRecent && isMonthDay(year, Number(digits.slice(4, 6)), Number(digits.slice(6)));
};

const isMonthDay = (year: number, month: number, day: number): boolean => {
  const longest = daysInMonth[month - 1];
  if (longest === undefined || day < 1 || day > longest) return false;
  return !(month === 2 && day === 29 && year % 4 !== 0);
};
