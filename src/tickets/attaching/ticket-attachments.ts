import { Injectable } from '@nestjs/common';
import type { Principal } from '../../access/index.js';
import { EventStore } from '../../platform/event-store/event-store.js';
import { Clock } from '../../shared/clock.js';
import type { IfMatch } from '../../shared/if-match.js';
import type { Instant } from '../../shared/instant.js';
import { DomainError } from '../../shared/problems/domain-error.js';
import type { CommandPayload } from '../domain/ticket.js';
import { decode } from '../domain/ticket.codec.js';
import { ticketStream, type AttachmentAdded } from '../domain/ticket.events.js';
import type { CommandMetadata } from '../repository/command-metadata.js';
import type { CommandOutcome } from '../repository/command-outcome.js';
import { erasedEvent } from '../repository/erased-event.js';
import { fingerprintOf } from '../repository/fingerprint.js';
import type { TicketHistory } from '../repository/ticket-history.js';
import { TicketRepository } from '../repository/ticket-repository.js';

/** A file as the ticket's history tells of it. */
export interface Attachment extends Omit<AttachmentAdded, 'type'> {
  addedAt: Instant;
  addedBy: string;
}

/** Who attaches to which ticket, and by which command. */
export interface AttachmentSender {
  principal: Principal;
  ticketId: string;
  commandId: string;
  correlationId: string;
  ifMatch?: IfMatch;
  /** When it was taken, as the sender's clock says; now where it is left out. */
  occurredAt?: Instant | undefined;
}

export interface AttachedFile extends Pick<CommandOutcome, 'status' | 'revision' | 'position'> {
  attachment: Attachment;
  /** Where the ticket is. */
  establishment: string;
}

/** The files of a ticket, as far as they are read. */
export interface AttachmentsOfTicket {
  items: Attachment[];
  isErased: boolean;
  establishment: string;
}

type NewFile = Omit<CommandPayload<'attach'>, 'type'>;

/** What a file that is still to come might be: enough to be told whether the ticket takes any. */
const anyFile: NewFile = { attachmentId: '', sha256: '', size: 0, contentType: '', name: '' };

/** Files beside tickets: the events that tell of them. Their bytes are somebody else's affair. */
@Injectable()
export class TicketAttachments {
  constructor(
    private readonly tickets: TicketRepository,
    private readonly store: EventStore,
    private readonly clock: Clock,
  ) {}

  /**
   * Throws what `add` would throw of any file, before it is read. A ticket that has as many as it may is no reason yet: it may have this
   * one already; nor is a command that was sent before, whose file tells whether it is the same.
   */
  async assertTakesFiles(sender: AttachmentSender): Promise<void> {
    if ((await this.tickets.load(sender.ticketId)).causedBy(sender.commandId)) return;
    try {
      await this.tickets.preview(this.metadataOf(sender, anyFile), { type: 'attach', ...anyFile });
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'too-many-attachments') throw error;
    }
  }

  /** Records a file whose bytes are stored; tells of the file that was there first where it is not this one. Throws DomainError. */
  async add(sender: AttachmentSender, file: NewFile): Promise<AttachedFile> {
    const { ticketId, principal } = sender;
    const metadata = this.metadataOf(sender, file);
    const outcome = await this.tickets.execute(metadata, { type: 'attach', ...file });
    const { status, revision, position, ticket } = outcome;
    if (ticket.status === 'unopened') throw new Error(`${ticketId} took a file before it was opened`);
    const { establishment } = ticket.at;
    if (status === 'applied') {
      const { updatedAt } = outcome;
      if (updatedAt === null) throw new Error(`${ticketId} has no event`);
      const { claimedAt: occurredAt } = metadata;
      const attachment = { ...file, occurredAt, addedAt: updatedAt, addedBy: principal.id };
      return { status, revision, position, establishment, attachment };
    }
    const history = await this.tickets.load(ticketId);
    const known = await this.read(history, (event, at) =>
      status === 'duplicate' ? at === revision : event.sha256 === file.sha256,
    );
    const [attachment] = known;
    if (!attachment) throw new Error(`${ticketId} has no file that the command could have added`);
    return { status, revision, position, establishment, attachment };
  }

  /** Throws DomainError unless the principal may read the ticket. */
  async list(ticketId: string, principal: Principal): Promise<AttachmentsOfTicket> {
    const history = await this.tickets.loadAccessible(ticketId, principal, 'tickets:read');
    return { items: await this.read(history, () => true), ...stateOf(history) };
  }

  /** The same with one file alone. Throws `attachment-not-found` too. */
  async find(
    ticketId: string,
    attachmentId: string,
    principal: Principal,
  ): Promise<AttachmentsOfTicket & { attachment: Attachment }> {
    const history = await this.tickets.loadAccessible(ticketId, principal, 'tickets:read');
    const items = await this.read(history, (event) => event.attachmentId === attachmentId);
    const [attachment] = items;
    if (!attachment) throw new DomainError('attachment-not-found');
    return { attachment, items, ...stateOf(history) };
  }

  /** The ids of all files that the ticket ever had, for those that keep the bytes. */
  async idsOf(ticketId: string): Promise<string[]> {
    return addedIn(await this.tickets.load(ticketId)).map(({ event }) => event.attachmentId);
  }

  private metadataOf(
    {
      principal,
      ticketId,
      commandId,
      correlationId,
      ifMatch,
      occurredAt = this.clock.now(),
    }: AttachmentSender,
    { sha256, name }: NewFile,
  ): CommandMetadata {
    return {
      ...{ principal, commandId, ticketId, claimedAt: occurredAt, rawClaimedAt: occurredAt },
      fingerprint: fingerprintOf('attach', ticketId, { sha256, name }),
      fingerprintAsWritten: () => undefined,
      correlationId,
      ...(ifMatch === undefined ? {} : { ifMatch }),
    };
  }

  /** The history in memory holds no names: they are read anew. */
  private async read(
    history: TicketHistory,
    isWanted: (event: AttachmentAdded, revision: number) => boolean,
  ): Promise<Attachment[]> {
    const stream = ticketStream(history.ticketId);
    const wanted = addedIn(history).filter(({ event, revision }) => isWanted(event, revision));
    const { isErased } = stateOf(history);
    const pages = await Promise.all(wanted.map(({ revision }) => this.store.readStream(stream, revision, 1)));
    return pages.flat().map((recorded) => {
      const { event, metadata, recordedAt: addedAt } = decode(recorded);
      if (event.type !== 'AttachmentAdded') throw new Error(`${event.type} where a file was added`);
      const { type: _type, ...file } = isErased ? erasedEvent(event) : event;
      return { ...file, addedAt, addedBy: metadata.actor };
    });
  }
}

const stateOf = (history: TicketHistory): Omit<AttachmentsOfTicket, 'items'> => {
  const { ticket } = history.snapshot();
  if (ticket.status === 'unopened') throw new DomainError('ticket-not-found');
  return { isErased: ticket.erasure !== null, establishment: ticket.at.establishment };
};

const addedIn = ({ events }: TicketHistory): { event: AttachmentAdded; revision: number }[] =>
  events.flatMap(({ event, revision }) => (event.type === 'AttachmentAdded' ? [{ event, revision }] : []));
