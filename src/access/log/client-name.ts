import { plainText } from '../../shared/plain-text.js';

const maxLength = 160;

/** The program that someone uses, as far as their token or session, and the program itself, tell. */
export const clientName = (known: string | undefined, userAgent: string | undefined): string => {
  const text = [known, userAgent].filter((part) => part !== undefined && part !== '').join(', ');
  return (
    plainText(text.toWellFormed(), 'line').replaceAll('\0', '').slice(0, maxLength).toWellFormed() || '–'
  );
};
