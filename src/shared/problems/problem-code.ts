/**
 * The codes of problems, which are part of the contract: each is documented at /problems, and stays what it is. A code that is not
 * named here can’t be thrown, and one that is named here needs an entry in the catalogue and advice for people, or nothing compiles.
 */
export type ProblemCode =
  | RequestCode
  | AccessCode
  | EstablishmentCode
  | FiguresCode
  | BulletinRefusalCode
  | BulletinCode
  | OperationsCode
  | PreferenceCode
  | TicketRefusalCode
  | TicketCode
  | AttachmentCode;

/** A request that can’t be taken as it is, or not now. */
export type RequestCode =
  | 'malformed'
  | 'invalid-json'
  | 'not-found'
  | 'not-acceptable'
  | 'request-timeout'
  | 'version-mismatch'
  | 'body-too-large'
  | 'address-too-long'
  | 'headers-too-large'
  | 'bad-request'
  | 'unsupported-media-type'
  | 'too-costly-to-print'
  | 'too-many-requests'
  | 'internal-error'
  | 'unavailable'
  | 'position-not-reached';

/** The caller is not known, or not allowed to do this. */
export type AccessCode =
  | 'unauthenticated'
  | 'role-not-allowed'
  | 'establishment-not-yours'
  | 'another-person'
  | 'sign-in-failed'
  | 'sign-in-not-offered';

/** A name that no establishment or site has, or a day that is still to come. */
export type EstablishmentCode = 'unknown-establishment' | 'unknown-site' | 'day-not-begun';

/** Figures as of a time or a position that lies ahead. */
export type FiguresCode = 'not-known-yet';

/** The rules of a bulletin’s life; `domain/bulletin.ts` throws them. */
export type BulletinRefusalCode =
  | 'bulletin-not-found'
  | 'ticket-day-after-bulletin'
  | 'releve-after-bulletin'
  | 'ticket-day-published'
  | 'already-published'
  | 'not-published'
  | 'bulletin-published'
  | 'bulletin-withdrawn'
  | 'day-in-progress'
  | 'figures-do-not-add-up';

/** Problems of a bulletin that no rule of its life is about. */
export type BulletinCode = 'figures-behind' | 'revision-not-found' | 'nothing-published';

/** What operators are told of projections and of dead letters. */
export type OperationsCode =
  | 'projection-not-found'
  | 'rebuild-under-way'
  | 'no-rebuild'
  | 'newer-version-served'
  | 'dead-letter-not-found'
  | 'still-failing'
  | 'no-leader';

/** Views and templates that people keep. */
export type PreferenceCode =
  | 'view-not-found'
  | 'template-not-found'
  | 'not-the-author'
  | 'view-built-in'
  | 'too-many-views'
  | 'too-many-templates';

/** The rules of a ticket’s life; `domain/ticket.ts` throws them. */
export type TicketRefusalCode =
  | 'ticket-not-found'
  | 'id-taken'
  | 'health-number-in-title'
  | 'health-number-refused'
  | 'occurred-in-the-future'
  | 'superseded'
  | 'transition-not-allowed'
  | 'ticket-resolved'
  | 'ticket-closed'
  | 'ticket-cancelled'
  | 'ticket-merged'
  | 'merge-into-itself'
  | 'merge-target-not-found'
  | 'merge-target-merged'
  | 'merge-target-not-active'
  | 'link-to-itself'
  | 'link-target-not-found'
  | 'texts-erased'
  | 'legal-hold'
  | 'too-many-attachments';

/** A command of an unknown type, or whose id stands for another command; an erasure of what the log holds in plain. */
export type TicketCode = 'command-id-reused' | 'texts-in-plain' | 'unknown-command';

/** What a file may not be, or why its bytes are not given. */
export type AttachmentCode =
  | 'attachment-not-found'
  | 'attachment-erased'
  | 'attachment-quarantined'
  | 'attachment-infected'
  | 'attachment-too-large'
  | 'attachment-type-refused'
  | 'attachment-empty'
  | 'thumbnail-not-available';
