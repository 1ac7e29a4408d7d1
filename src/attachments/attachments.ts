import { Inject, Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import type { Logger } from 'pino';
import { v7 as uuid } from 'uuid';
import type { Principal } from '../access/index.js';
import { asDomainError } from '../platform/as-domain-error.js';
import { LOGGER } from '../platform/observability/logger.js';
import { DomainError, isRefusal } from '../shared/problems/domain-error.js';
import { TicketAttachments, type Attachment, type AttachmentSender } from '../tickets/index.js';
import { contentTypeOf } from './content/content-type.js';
import { chunkBytes } from './encryption/file-cipher.js';
import { inChunks } from './encryption/chunks.js';
import { limited, maxFileBytes } from './content/limited.js';
import { FileVault } from './storage/file-vault.js';
import type { ObjectState } from './storage/object-statements.js';
import { ObjectTable } from './storage/object-table.js';
import { Quarantine } from './scanning/quarantine.js';

/** A file as it is sent. */
export interface Upload {
  name: string;
  /** What the sender says that it is. */
  declaredType: string | undefined;
  /** How long the sender says that it is. */
  size: number | undefined;
  bytes: AsyncIterable<Uint8Array>;
}

export interface AddedAttachment {
  attachment: Attachment;
  isNew: boolean;
  revision: number;
  position: bigint;
  establishment: string;
}

type AttachmentState = Exclude<ObjectState, 'uploading'> | 'erased';

export interface ListedAttachment extends Attachment {
  state: AttachmentState;
}

/** Files beside tickets: first the bytes are stored, then the event tells of them. */
@Injectable()
export class Attachments {
  constructor(
    private readonly tickets: TicketAttachments,
    private readonly vault: FileVault,
    private readonly objects: ObjectTable,
    private readonly quarantine: Quarantine,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Nothing of the file is read before its sender may send it. Throws DomainError. */
  async add(sender: AttachmentSender, upload: Upload): Promise<AddedAttachment> {
    const { ticketId } = sender;
    await this.tickets.assertTakesFiles(sender);
    if (upload.size !== undefined && upload.size > maxFileBytes)
      throw new DomainError('attachment-too-large');
    const attachmentId = uuid();
    await this.objects.begin(attachmentId, ticketId);
    const stored = await this.discarding(this.store(ticketId, attachmentId, upload), attachmentId, ticketId);
    const file = { ...stored, attachmentId, name: upload.name };
    const added = await this.discarding(this.tickets.add(sender, file), attachmentId, ticketId, isCertain);
    const isNew = added.attachment.attachmentId === attachmentId;
    if (isNew) await this.settle(attachmentId, ticketId);
    else await this.discard(attachmentId, ticketId);
    return { ...added, isNew };
  }

  /** Throws DomainError unless the principal may read the ticket. */
  async list(
    ticketId: string,
    principal: Principal,
  ): Promise<{ items: ListedAttachment[]; establishment: string }> {
    const { items, isErased, establishment } = await this.tickets.list(ticketId, principal);
    const states = isErased ? undefined : await this.objects.statesOf(ticketId);
    const listed = items.map((item) => ({
      ...item,
      state: states ? this.quarantine.stateOf(states.get(item.attachmentId)) : ('erased' as const),
    }));
    return { items: listed, establishment };
  }

  /**
   * A file whose bytes may be given. Throws DomainError: `attachment-not-found`, `attachment-erased`, `attachment-quarantined`,
   * `attachment-infected`, and whatever says that the ticket may not be read.
   */
  async find(
    ticketId: string,
    attachmentId: string,
    principal: Principal,
  ): Promise<{ attachment: Attachment; establishment: string }> {
    const { attachment, isErased, establishment } = await this.tickets.find(
      ticketId,
      attachmentId,
      principal,
    );
    if (isErased) throw new DomainError('attachment-erased');
    const known = (await this.objects.statesOf(ticketId)).get(attachmentId);
    switch (this.quarantine.stateOf(known)) {
      case 'available':
        return { attachment, establishment };
      case 'infected':
        throw new DomainError('attachment-infected');
      case 'quarantined':
        // A file whose row a restored database lacks is looked at, too.
        await this.objects.settle(attachmentId, ticketId, 'quarantined');
        this.quarantine.wake();
        throw new DomainError('attachment-quarantined');
    }
  }

  /** The bytes of a file that was found. Throws DomainError. */
  async open(ticketId: string, { attachmentId }: Attachment): Promise<AsyncGenerator<Buffer>> {
    const bytes = await this.vault.open({ ticketId, attachmentId, form: 'original' });
    if (bytes) return bytes;
    this.logger.error({ ticketId, attachmentId }, 'the store lacks the bytes of an attachment');
    throw new DomainError('attachment-not-found');
  }

  private async store(
    ticketId: string,
    attachmentId: string,
    { name, bytes, size, declaredType }: Upload,
  ): Promise<{ sha256: string; size: number; contentType: string }> {
    const chunks = inChunks(limited(bytes), chunkBytes);
    const begun = await chunks.next();
    if (begun.done) throw new DomainError('attachment-empty');
    const contentType = await contentTypeOf(begun.value, { name, declaredType });
    const hash = createHash('sha256');
    let length = 0;
    const counted = async function* (): AsyncGenerator<Buffer> {
      for (let next: IteratorResult<Buffer> = begun; !next.done; next = await chunks.next()) {
        hash.update(next.value);
        length += next.value.length;
        yield next.value;
      }
    };
    await this.vault.put({ ticketId, attachmentId, form: 'original' }, counted(), size);
    return { sha256: hash.digest('hex'), size: length, contentType };
  }

  /** Deletes the bytes where the work fails, unless nobody knows whether it did: then they stay until that is known. */
  private async discarding<Value>(
    work: Promise<Value>,
    attachmentId: string,
    ticketId: string,
    isFailure: (error: unknown) => boolean = () => true,
  ): Promise<Value> {
    try {
      return await work;
    } catch (error) {
      if (isFailure(error)) await this.discard(attachmentId, ticketId);
      throw error;
    }
  }

  /** The event is written: what is still to be noted is noted later where the database fails now. */
  private async settle(attachmentId: string, ticketId: string): Promise<void> {
    try {
      await this.objects.settle(attachmentId, ticketId, this.quarantine.firstState);
      this.quarantine.wake();
    } catch (error) {
      this.logger.warn({ err: error, attachmentId }, 'what was stored is noted later');
    }
  }

  /** What can't be deleted now is swept. */
  private async discard(attachmentId: string, ticketId: string): Promise<void> {
    try {
      await this.vault.delete({ ticketId, attachmentId });
      await this.objects.delete([attachmentId]);
    } catch (error) {
      this.logger.warn({ err: error, attachmentId }, 'what came to nothing is swept later');
    }
  }
}

/** Whether the event was not written; a store that was silent may have written it. */
const isCertain = (error: unknown): boolean => isRefusal(asDomainError(error));
