/**
 * Deletes the files of a ticket whose key is destroyed, for whoever keeps some. Nobody can read them any more by then; a store that is
 * away is swept later, so this never rejects.
 */
export abstract class ErasedFiles {
  abstract delete(ticketId: string): Promise<void>;
}
