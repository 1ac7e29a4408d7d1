import { z } from 'zod';
import { line } from '../../platform/text-schema.js';
import { commandBody } from '../execution/command-body.js';
import { ticketCommand } from '../execution/ticket-command.js';

/** Who asked for help. */
export const requesterBody = z.strictObject({
  name: line(120),
  contact: line(200).optional().describe('How to reach them: a telephone number, an address, a room.'),
});

export const changeRequester = ticketCommand({
  type: 'requester',
  permission: 'tickets:requester',
  body: commandBody('requester', {
    requester: requesterBody.nullable().describe('null: nobody is named any more.'),
  }),
});
