/** Crockford's base32: without I, L and O, which look like digits, and without U. */
export const referenceDigits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const bitsOfDigit = 5;
/** How many digits a reference has, without its dash. */
export const referenceLength = 8;
/** It is so many of the last bits of an id. */
export const referenceBits = referenceLength * bitsOfDigit;

/**
 * What people call a ticket on the telephone: the last 40 bits of its id in Crockford's base32, `K7M3-QX9P`. It follows from the id
 * alone, so a device knows it before the ticket was ever sent; two tickets may share one, as rarely as 40 random bits are equal.
 */
export const referenceOf = (ticketId: string): string => {
  let bits = BigInt(`0x${ticketId.slice(-referenceBits / 4)}`);
  let reference = '';
  for (let at = 0; at < referenceLength; at += 1) {
    reference = `${referenceDigits[Number(bits & 31n)]}${reference}`;
    bits >>= BigInt(bitsOfDigit);
  }
  return `${reference.slice(0, 4)}-${reference.slice(4)}`;
};

/** What people write between the two halves, or around them. */
const separators = /[\s\p{Pd}\u2212]+/gu;
const isReference = new RegExp(`^[${referenceDigits}]{${referenceLength}}$`);

/**
 * The reference that a text is, as `referenceOf` writes it; undefined where it is none. The dash may be missing or another one, case does
 * not matter, and I, L and O are read as the digits that they look like.
 */
export const readReference = (text: string): string | undefined => {
  const written = text.normalize('NFKC').replace(separators, '').toUpperCase();
  const read = written.replace(/[IL]/g, '1').replaceAll('O', '0');
  return isReference.test(read) ? `${read.slice(0, 4)}-${read.slice(4)}` : undefined;
};
