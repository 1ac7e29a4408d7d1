import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Pool } from 'pg';
import type { Instant } from '../../shared/instant.js';
import type { Priority } from '../../shared/vocabulary.js';
import { readActive, type Age } from './read-backlog.js';

/** How many active tickets have this priority and this age. */
export interface AgeingCell {
  priority: Priority;
  age: Age;
  tickets: number;
}

/** The tickets active at an instant at all establishments; a priority and age that no ticket has is without a cell. */
export interface Ageing {
  cells: AgeingCell[];
  incomplete?: number;
}

/** Counts the tickets active at an instant by priority and age. */
export class ReadAgeing extends Query<Ageing> {
  constructor(readonly at: Instant) {
    super();
  }
}

@QueryHandler(ReadAgeing)
export class ReadAgeingHandler implements IQueryHandler<ReadAgeing> {
  constructor(private readonly pool: Pool) {}

  async execute({ at }: ReadAgeing): Promise<Ageing> {
    const rows = await readActive(this.pool, at, undefined);
    const cells = new Map<string, AgeingCell>();
    for (const { establishment, priority, age, tickets } of rows) {
      if (establishment === null) continue;
      const key = `${priority} ${age}`;
      const cell = cells.get(key) ?? { priority, age, tickets: 0 };
      cells.set(key, { ...cell, tickets: cell.tickets + tickets });
    }
    const incomplete = rows[0]?.incomplete ?? 0;
    return { cells: [...cells.values()], ...(incomplete > 0 ? { incomplete } : {}) };
  }
}
