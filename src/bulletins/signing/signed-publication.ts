import { hash } from 'node:crypto';
import { canonicalJson } from '../../shared/canonical-json.js';
import type { BulletinPublished, BulletinRevised } from '../domain/bulletin.events.js';
import type { Publication } from '../domain/bulletin.js';

/** What the form below is called; another form gets another name, and this one stays readable for good. */
const format = 'billets-quotidiens.publication.1';

/** The part of a publication that is signed. */
export type SignedPart = Pick<
  Publication,
  'revision' | 'publishedAt' | 'publishedBy' | 'contents' | 'figures' | 'log'
>;

/** The text whose UTF-8 bytes are signed: JSON with sorted members (RFC 8785). docs/signed-bulletins.md explains each member. */
export const signedPayload = (date: string, publication: SignedPart): string => {
  const { revision, publishedAt, publishedBy, contents, figures, log = null } = publication;
  return canonicalJson({
    ...{ format, date, revision, publishedAt, publishedBy, figures, log },
    ticketDay: contents.ticketDay,
    texts: hash('sha256', signedTexts(publication)),
  });
};

/** The text whose SHA-256 stands in the payload: what people wrote of it, sorted the same. */
export const signedTexts = ({ contents: { sections, releves } }: Pick<Publication, 'contents'>): string =>
  canonicalJson({ sections, releves });

/** The same part of the event that records a publication. */
export const signedPartOf = (event: BulletinPublished | BulletinRevised): SignedPart => {
  const { revision, occurredAt, by, contents, figures, log } = event;
  return { ...{ revision, contents, figures, log }, publishedAt: occurredAt, publishedBy: by };
};
