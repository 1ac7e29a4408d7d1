import { LRUCache } from 'lru-cache';
import { plainText } from '../../shared/text/plain-text.js';

const maxLength = 160;

/** There are few programs, and each sends many requests. Their names are short: a longer one is made each time. */
const names = new LRUCache<string, string>({ max: 1_000 });
const maxKeptLength = 1_000;

/** The program that someone uses, as far as their token or session, and the program itself, tell. */
export const clientName = (known: string | undefined, userAgent: string | undefined): string => {
  const text = [known, userAgent].filter((part) => part !== undefined && part !== '').join(', ');
  const kept = names.get(text);
  if (kept !== undefined) return kept;
  const name = shortened(text);
  if (text.length <= maxKeptLength) names.set(text, name);
  return name;
};

const shortened = (text: string): string =>
  plainText(text.toWellFormed(), 'line').replaceAll('\0', '').slice(0, maxLength).toWellFormed() || '–';
