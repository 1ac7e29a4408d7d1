import type { EventStore, RecordedEvent } from '../../platform/event-store/event-store.js';
import { decodeBulletinEvent } from '../domain/bulletin.codec.js';
import {
  bulletinStreamPrefix,
  type BulletinPublished,
  type BulletinRevised,
} from '../domain/bulletin.events.js';
import { signedPartOf, signedPayload } from './signed-publication.js';
import type { SigningKeys } from './signing-keys.js';

/**
 * Why a publication is not proven: its signature is not valid, or by a key that is not known, or there is none although an earlier
 * publication has one; or the log is not the one that was signed.
 */
interface UnprovenPublication {
  date: string;
  revision: number;
  reason: 'invalid' | 'unknown-key' | 'unsigned' | 'log';
}

export interface PublicationsVerification {
  publications: number;
  verified: number;
  unsigned: number;
  /** Signed over another log, which this one is a copy of: its positions are others, or its hashes. */
  otherLog: number;
  unproven: UnprovenPublication[];
}

type Log = Pick<EventStore, 'identity' | 'chainHash'>;

/** Verifies every publication among the events of a log, in the order of the log. */
export const verifyPublications = async (
  batches: AsyncIterable<readonly RecordedEvent[]>,
  log: Log,
  keys: SigningKeys,
): Promise<PublicationsVerification> => {
  const id = await log.identity();
  const found: PublicationsVerification = {
    ...{ publications: 0, verified: 0, unsigned: 0, otherLog: 0 },
    unproven: [],
  };
  let isAnySigned = false;
  for await (const batch of batches) {
    for (const recorded of batch) {
      const event = publicationIn(recorded);
      if (!event) continue;
      const date = recorded.stream.slice(bulletinStreamPrefix.length);
      const reason = whyUnsigned(date, event, keys) ?? (await whyAnotherLog(event, log, id));
      found.publications += 1;
      if (event.log && event.log.id !== id) found.otherLog += 1;
      if (reason === undefined) found.verified += 1;
      if (reason === 'unsigned') found.unsigned += 1;
      if (reason !== undefined && (reason !== 'unsigned' || isAnySigned))
        found.unproven.push({ date, revision: event.revision, reason });
      isAnySigned ||= event.signature !== undefined;
    }
  }
  return found;
};

const publicationIn = (recorded: RecordedEvent): BulletinPublished | BulletinRevised | undefined => {
  const event = decodeBulletinEvent(recorded);
  return event.type === 'BulletinPublished' || event.type === 'BulletinRevised' ? event : undefined;
};

const whyUnsigned = (
  date: string,
  event: BulletinPublished | BulletinRevised,
  keys: SigningKeys,
): UnprovenPublication['reason'] | undefined => {
  if (!event.signature) return 'unsigned';
  const verification = keys.verify(signedPayload(date, signedPartOf(event)), event.signature);
  return verification === 'verified' ? undefined : verification;
};

const whyAnotherLog = async (
  { log: signed }: BulletinPublished | BulletinRevised,
  log: Log,
  id: string,
): Promise<'log' | undefined> => {
  if (signed?.id !== id) return undefined;
  return (await log.chainHash(BigInt(signed.position))) === signed.hash ? undefined : 'log';
};
