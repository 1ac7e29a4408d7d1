import { bilingual } from '../../shared/text/bilingual.js';
import { commandBody, line } from '../execution/command-body.js';
import { ticketCommand } from '../execution/ticket-command.js';

interface Assignment {
  team?: string | null | undefined;
  assignee?: string | null | undefined;
}
export const namesSomeone = ({ team, assignee }: Assignment): boolean =>
  team !== undefined || assignee !== undefined;
export const namesNobody = (): string =>
  bilingual({ fr: '«team» ou «assignee» est requis', en: '«team» or «assignee» is required' });

export const assignTicket = ticketCommand({
  type: 'assign',
  permission: 'tickets:assign',
  body: commandBody('assign', {
    team: line(100).nullable().optional().describe('null takes the ticket from its team.'),
    assignee: line(100).nullable().optional().describe('null takes the ticket from its person.'),
  }).refine(namesSomeone, { error: namesNobody }),
});
