import { Injectable } from '@nestjs/common';
import { Pool } from 'pg';
import { queryWithDeadline } from '../../platform/database/query-with-deadline.js';
import { commandIdReused } from '../repository/command-outcome.js';
import * as statements from './application-statements.js';
import type { FillingNames } from './filling.js';
import type { SavedTemplate } from './template.schema.js';

/** How long an application that is sent again is known by what it was; its commands are known for good. */
const keptDays = 30;

export interface Application {
  template: Pick<SavedTemplate, 'commands' | 'text'>;
  ticketIds: readonly string[];
  /** By the ticket's id; absent where the texts name nothing of a ticket, or where it could not be read. */
  names: Readonly<Record<string, FillingNames>>;
}

interface Asked {
  person: string;
  commandId: string;
  templateId: string;
  ticketIds: readonly string[];
}

/** With what templates were applied: texts that are filled anew must be those of the first time, or no command is known again. */
@Injectable()
export class TemplateApplications {
  constructor(private readonly pool: Pool) {}

  /** Undefined where it is asked for the first time. Throws `command-id-reused` where the id stands for another application. */
  async find(asked: Asked): Promise<Application | undefined> {
    const query = statements.selectApplication(asked);
    const [row] = await queryWithDeadline<{ template_id: string; content: Application }>(this.pool, query);
    if (!row) return undefined;
    const { template_id: templateId, content } = row;
    const isSame =
      templateId === asked.templateId && content.ticketIds.join(' ') === asked.ticketIds.join(' ');
    if (!isSame) throw commandIdReused();
    return content;
  }

  /** Records it before anything is done; gives what was recorded, be it by another process. */
  async record(asked: Asked, application: Application): Promise<Application> {
    await queryWithDeadline(this.pool, statements.deleteOldApplications(keptDays));
    const query = statements.insertApplication(asked, asked.templateId, application);
    await queryWithDeadline(this.pool, query);
    return (await this.find(asked)) ?? application;
  }
}
