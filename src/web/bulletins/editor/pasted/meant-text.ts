import type { SectionName } from '../../../../bulletins/index.js';
import { withoutOwnHeading } from './own-headings.js';
import { readLists } from './pasted-lists.js';
import { frenchTypography, isFrench } from './typography.js';

/** A text as it is meant: its lists and its heading read as what they are. */
export const readText = (text: string, section: SectionName): string =>
  withoutOwnHeading(readLists(text), section);

/** A text in the typography of its language; the rules that are known here are those of French. */
export const typeset = (text: string): string => (isFrench(text) ? frenchTypography(text) : text);

/** What would be printed as it is meant, and as it is set; the same text where nothing is to be changed. */
export const meantText = (text: string, section: SectionName): string => typeset(readText(text, section));
