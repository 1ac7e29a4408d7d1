/** What the rest of the product may use of bulletins; nothing else of it is imported from outside. */
export { BulletinsModule } from './bulletins.module.js';
export { DeleteDraft } from './commands/delete-draft.js';
export { PublishBulletin } from './commands/publish-bulletin.js';
export { ReviseBulletin } from './commands/revise-bulletin.js';
export { WithdrawBulletin } from './commands/withdraw-bulletin.js';
export { WriteDraft } from './commands/write-draft.js';
export {
  type Cause,
  type Contents,
  type FigureChange,
  type PublishedFigures,
  type HighlightText,
  type KnownFigures,
  type Releve,
  type SectionName,
  type Sections,
  figureNames,
} from './domain/bulletin.events.js';
export {
  type BrokenInvariant,
  type Bulletin,
  type ContentDifference,
  type Publication,
  type WrittenBulletin,
  type Withdrawal,
  type WrittenReleve,
  changesBetween,
  changesOf,
  currentWithdrawal,
  differencesBetween,
  isDraftChanged,
  textChanges,
} from './domain/bulletin.js';
export { type Caution, cautionsBefore, cautionsBeforeRevision } from './domain/cautions.js';
export { brokenInvariants } from './domain/invariants.js';
export { percentOf } from './domain/percent.js';
export { listItem } from './http/list.view.js';
export { withdrawBody } from './http/withdrawal.view.js';
export { type Format, findUnprintable } from './rendering/formats.js';
export { BulletinPrinter } from './rendering/bulletin-printer.js';
export { Printing } from './rendering/printing.js';
export { releveLines } from './rendering/content/releve-lines.js';
export { releveName, releveNames } from './rendering/content/releve-names.js';
export { signatureLine } from './rendering/content/signature-line.js';
export { sectionWords, printedWordsIn } from './rendering/content/words.js';
export {
  type BulletinSnapshot,
  BulletinRepository,
  type WrittenSnapshot,
  isWritten,
} from './repository/bulletin-repository.js';
export { type DraftBody, DraftContents, draftBody } from './repository/draft-contents.js';
export { PublishedViews } from './repository/published-views.js';
export { type AnyDayCheck, TicketDay } from './repository/ticket-day.js';
export { type PublicationProof, PublicationSigner } from './signing/publication-signer.js';
