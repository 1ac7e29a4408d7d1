import {
  isActiveStatus,
  type Category,
  type HoldReason,
  type Priority,
  type ResolutionCode,
  type TicketStatus,
} from '../../../../shared/vocabulary.js';
import type { ApiRequester } from '../../../../shared/requester.js';
import type { Ticket } from '../api/answers.js';

/** What agents do with a ticket, in the shape of the API without ids. */
export type AgentCommand =
  | { type: 'assign'; team?: string | null; assignee?: string | null }
  | { type: 'start' }
  | { type: 'hold'; reason: HoldReason; note?: string }
  | { type: 'note'; body: string; internal: boolean }
  | { type: 'resolve'; resolution: { code: ResolutionCode; note: string }; cascade?: boolean }
  | { type: 'close' }
  | { type: 'reopen'; reason: string }
  | { type: 'cancel'; reason: string }
  | { type: 'merge'; into: string; reopenTarget?: boolean }
  | { type: 'transfer'; establishment: string; site?: string }
  | { type: 'link'; to: string; relation: 'parent' | 'duplicate' | 'related' }
  | { type: 'watch' }
  | { type: 'unwatch' }
  | { type: 'recategorize'; category: Category }
  | { type: 'reprioritize'; priority: Priority }
  | { type: 'requester'; requester: ApiRequester | null };
export type CommandType = AgentCommand['type'];

const always: readonly CommandType[] = ['assign', 'note', 'link', 'watch', 'unwatch', 'requester'];
const whileActive: readonly CommandType[] = ['resolve', 'merge', 'transfer', 'cancel'];

/** The commands that change a ticket's status or place, by the status they are offered in. */
const offeredIn: Readonly<Record<TicketStatus, readonly CommandType[]>> = {
  open: ['start', 'hold', ...whileActive],
  'in-progress': ['hold', ...whileActive],
  waiting: ['start', ...whileActive],
  resolved: ['close', 'reopen'],
  closed: ['reopen'],
  cancelled: ['reopen'],
  merged: [],
};

/** Whether a ticket offers a command now. Once its texts are erased nothing can be written beside it. */
export const isOffered = (
  { status, title }: Pick<Ticket, 'status' | 'title'>,
  type: CommandType,
): boolean => {
  if (title === '' && type === 'note') return false;
  if (status === 'merged') return false;
  return always.includes(type) || type === 'recategorize' || type === 'reprioritize'
    ? true
    : offeredIn[status].includes(type);
};

/** Commands that go well with whatever others did meanwhile: they are sent without `If-Match`. */
const additions: ReadonlySet<CommandType> = new Set(['note', 'link', 'watch', 'unwatch']);
export const needsMatch = (type: CommandType): boolean => !additions.has(type);

/** The commands that the API takes for many tickets at once. */
export const bulkTypes = [
  'assign',
  'start',
  'hold',
  'resolve',
  'close',
  'cancel',
  'recategorize',
  'reprioritize',
] as const satisfies readonly CommandType[];

/** A ticket after a command, as far as this page can tell before the server answers. */
export const afterCommand = (ticket: Ticket, command: AgentCommand): Ticket => {
  switch (command.type) {
    case 'assign':
      return {
        ...ticket,
        ...(command.team === undefined ? {} : { team: command.team }),
        ...(command.assignee === undefined ? {} : { assignee: command.assignee }),
      };
    case 'start':
      return whereActive(ticket, 'in-progress');
    case 'hold':
      return whereActive(ticket, 'waiting');
    case 'resolve':
      return { ...whereActive(ticket, 'resolved'), resolution: command.resolution };
    case 'close':
      return ticket.status === 'resolved' ? { ...ticket, status: 'closed' } : ticket;
    case 'reopen':
      return isActiveStatus(ticket.status)
        ? ticket
        : { ...ticket, status: 'open', resolution: null, resolvedAt: null };
    case 'cancel':
      return whereActive(ticket, 'cancelled');
    case 'merge':
      return { ...whereActive(ticket, 'merged'), mergedInto: command.into };
    case 'transfer':
      return { ...ticket, establishment: command.establishment, site: command.site ?? null };
    case 'link':
      return { ...ticket, links: [...ticket.links, { to: command.to, relation: command.relation }] };
    case 'watch':
      return { ...ticket, watchers: ticket.watchers + 1 };
    case 'unwatch':
      return { ...ticket, watchers: Math.max(0, ticket.watchers - 1) };
    case 'recategorize':
      return { ...ticket, category: command.category };
    case 'reprioritize':
      return { ...ticket, priority: command.priority };
    case 'requester':
      return {
        ...ticket,
        requester: command.requester && { contact: null, ...command.requester },
      };
    case 'note':
      return ticket;
  }
};

const whereActive = (ticket: Ticket, status: TicketStatus): Ticket =>
  isActiveStatus(ticket.status) ? { ...ticket, status } : ticket;
