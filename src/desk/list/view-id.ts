import { z } from 'zod';

/** The queues that everybody has, by ids that stay. */
export const queueIds = ['mine', 'my-teams', 'unassigned', 'waiting', 'older-than-three-days'] as const;
export type QueueId = (typeof queueIds)[number];

const queueId = z.enum(queueIds);

/** The id of a view that somebody made: any UUID, in lower case, so that two spellings are one id. */
const ownViewId = z.guid().transform((id) => id.toLowerCase());

export const viewIdSchema = z.union([queueId, ownViewId]);

export const isQueueId = (id: string): id is QueueId => queueId.safeParse(id).success;
