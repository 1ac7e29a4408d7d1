/** What the bytes 80 to 9F are in Windows-1252; a blank where they are nothing. */
const meant = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ';

/**
 * The text with the characters of Windows-1252 that were read as Latin-1: there they are control characters, which nobody types and which
 * would be taken out.
 */
export const withWindowsCharacters = (text: string): string =>
  text.replace(/[\u0080-\u009f]/g, (control) => (meant[control.charCodeAt(0) - 0x80] ?? '').trim());
