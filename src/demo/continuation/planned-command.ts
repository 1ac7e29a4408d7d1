import { v5 as uuidOf } from 'uuid';

type Type = 'open' | 'start' | 'resolve';

/** A command about a ticket, and when it happens, in milliseconds since 1970. */
export interface PlannedCommand {
  at: number;
  ticketId: string;
  command: { type: Type; commandId: string; [field: string]: unknown };
}

/** Ids are made from names in this namespace: of the same day the same tickets come, and a command sent twice is applied once. */
const namespace = '6f1d8c52-5b0e-4c1c-9b57-2f3f0a4de920';
export const nameOf = (name: string): string => uuidOf(name, namespace);

/** A command that happens at most once to its ticket. */
export const plannedCommand = (
  type: Type,
  ticketId: string,
  at: number,
  fields: object = {},
): PlannedCommand => ({
  at,
  ticketId,
  command: {
    ...{ type, commandId: nameOf(`${ticketId} ${type}`), ticketId },
    ...fields,
    occurredAt: new Date(at).toISOString(),
  },
});
