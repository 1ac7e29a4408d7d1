import { Problem } from './problem.js';
import { localized } from './request-context.js';

/** The revisions an `If-Match` header accepts; undefined where there is none, `any` for `*`. */
export type IfMatch = ReadonlySet<number> | 'any' | undefined;

const entityTag = /^(?:W\/)?"(\d{1,9})"$/;

/** Throws `malformed` for a header that names no revision. */
export const parseIfMatch = (header: string | undefined): IfMatch => {
  if (header === undefined) return undefined;
  if (header.trim() === '*') return 'any';
  const revisions = header.split(',').map((tag) => entityTag.exec(tag.trim())?.[1]);
  if (revisions.some((revision) => revision === undefined)) {
    const message = localized({
      fr: 'attendu: l’ETag d’une réponse, entre guillemets, p. ex. "3"',
      en: 'expected the ETag of an answer, in quotes, e.g. "3"',
    });
    throw new Problem('malformed', { errors: [{ pointer: 'If-Match', message }] });
  }
  return new Set(revisions.map(Number));
};

/** Throws `version-mismatch` unless the revision is one of those asked for; revision 0 is nothing yet, which no tag matches. */
export const assertMatches = (ifMatch: IfMatch, revision: number): void => {
  if (ifMatch === undefined) return;
  const matches = ifMatch === 'any' ? revision > 0 : ifMatch.has(revision);
  if (!matches) throw new Problem('version-mismatch', { members: { revision } });
};

export const entityTagOf = (revision: number): string => `"${revision}"`;
