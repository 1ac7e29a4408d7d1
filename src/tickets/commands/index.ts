import type { Type } from '@nestjs/common';
import type { z } from 'zod';
import type { TicketCommandType } from '../domain/ticket.js';
import type { Asked } from '../repository/ticket-repository.js';
import { AddNote, AddNoteHandler, noteBody } from './add-note.js';
import { assignBody, AssignTicket, AssignTicketHandler } from './assign-ticket.js';
import { cancelBody, CancelTicket, CancelTicketHandler } from './cancel-ticket.js';
import { closeBody, CloseTicket, CloseTicketHandler } from './close-ticket.js';
import type { CommandBody, TicketRequest } from './command-body.js';
import { linkBody, LinkTicket, LinkTicketHandler } from './link-ticket.js';
import { mergeBody, MergeTicket, MergeTicketHandler } from './merge-ticket.js';
import { openBody, OpenTicket, OpenTicketHandler } from './open-ticket.js';
import { holdBody, PutTicketOnHold, PutTicketOnHoldHandler } from './put-on-hold.js';
import { recategorizeBody, RecategorizeTicket, RecategorizeTicketHandler } from './recategorize-ticket.js';
import { reopenBody, ReopenTicket, ReopenTicketHandler } from './reopen-ticket.js';
import { reprioritizeBody, ReprioritizeTicket, ReprioritizeTicketHandler } from './reprioritize-ticket.js';
import { resolveBody, ResolveTicket, ResolveTicketHandler } from './resolve-ticket.js';
import { startBody, StartWork, StartWorkHandler } from './start-work.js';
import { transferBody, TransferTicket, TransferTicketHandler } from './transfer-ticket.js';

interface TicketCommandKind {
  schema: z.ZodType<CommandBody>;
  request: new (asked: Asked, body: never) => TicketRequest<CommandBody>;
}

/** Every command by its name on the wire: what it must look like, and what carries it to its handler. */
export const ticketCommands: Record<TicketCommandType, TicketCommandKind> = {
  open: { schema: openBody, request: OpenTicket },
  assign: { schema: assignBody, request: AssignTicket },
  note: { schema: noteBody, request: AddNote },
  link: { schema: linkBody, request: LinkTicket },
  recategorize: { schema: recategorizeBody, request: RecategorizeTicket },
  reprioritize: { schema: reprioritizeBody, request: ReprioritizeTicket },
  start: { schema: startBody, request: StartWork },
  hold: { schema: holdBody, request: PutTicketOnHold },
  resolve: { schema: resolveBody, request: ResolveTicket },
  close: { schema: closeBody, request: CloseTicket },
  reopen: { schema: reopenBody, request: ReopenTicket },
  cancel: { schema: cancelBody, request: CancelTicket },
  merge: { schema: mergeBody, request: MergeTicket },
  transfer: { schema: transferBody, request: TransferTicket },
};

export const ticketCommandHandlers: Type[] = [
  OpenTicketHandler,
  AssignTicketHandler,
  AddNoteHandler,
  LinkTicketHandler,
  RecategorizeTicketHandler,
  ReprioritizeTicketHandler,
  StartWorkHandler,
  PutTicketOnHoldHandler,
  ResolveTicketHandler,
  CloseTicketHandler,
  ReopenTicketHandler,
  CancelTicketHandler,
  MergeTicketHandler,
  TransferTicketHandler,
];
