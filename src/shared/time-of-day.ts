import type { Language } from './text/text.js';

/** A time by the clock, everywhere in one way: «08h30», as the bulletin prints it; "08:30". */
export const timeOfDay = ({ hour, minute }: { hour: number; minute: number }, language: Language): string =>
  [hour, minute].map((part) => String(part).padStart(2, '0')).join(language === 'fr' ? 'h' : ':');
