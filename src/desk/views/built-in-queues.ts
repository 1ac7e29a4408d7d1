import type { Text } from '../../shared/text/text.js';
import { queueIds, type QueueId } from '../list/view-id.js';
import type { SavedView } from './view.schema.js';

/** A queue that everybody has. */
export interface BuiltInQueue {
  id: QueueId;
  name: Text;
  content: Omit<SavedView, 'name'>;
}

const queues: Readonly<Record<QueueId, Omit<BuiltInQueue, 'id'>>> = {
  mine: {
    name: { fr: 'Mes billets', en: 'My tickets' },
    content: { filter: { status: 'active', assignee: 'me' } },
  },
  'my-teams': {
    name: { fr: 'Mon équipe', en: 'My team' },
    content: { filter: { status: 'active', teams: 'mine' } },
  },
  unassigned: {
    name: { fr: 'À personne', en: 'Nobody’s' },
    content: { filter: { status: 'active', unassigned: true } },
  },
  waiting: {
    name: { fr: 'Billets en attente', en: 'Waiting tickets' },
    content: { filter: { status: 'waiting' } },
  },
  'older-than-three-days': {
    name: { fr: 'Depuis plus de trois jours', en: 'Older than three days' },
    content: { filter: { status: 'active', olderThan: 72 }, sort: '-age' },
  },
};

export const builtInQueue = (id: QueueId): BuiltInQueue => ({ id, ...queues[id] });

export const builtInQueues: readonly BuiltInQueue[] = queueIds.map(builtInQueue);
