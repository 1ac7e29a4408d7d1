import type { IfMatch } from '../../shared/if-match.js';
import { Problem } from './problems/problem.js';

const entityTag = /^(?:W\/)?"(\d{1,9})"$/;

/** Throws `malformed` for a header that names no revision. */
export const parseIfMatch = (header: string | undefined): IfMatch => {
  if (header === undefined) return undefined;
  if (header.trim() === '*') return 'any';
  const revisions = header.split(',').map((tag) => entityTag.exec(tag.trim())?.[1]);
  if (revisions.some((revision) => revision === undefined)) {
    const message = {
      fr: 'attendu: l’ETag d’une réponse, entre guillemets, p. ex. "3"',
      en: 'expected the ETag of an answer, in quotes, e.g. "3"',
    };
    throw new Problem('malformed', { errors: [{ pointer: 'If-Match', message }] });
  }
  return new Set(revisions.map(Number));
};

export const entityTagOf = (revision: number): string => `"${revision}"`;
