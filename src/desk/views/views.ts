import { Injectable } from '@nestjs/common';
import { canAccess, type Principal } from '../../access/index.js';
import { Establishments, unknownPlace } from '../../establishments/index.js';
import { type Kept, Preferences, teamOf } from '../../preferences/index.js';
import { refuseHealthNumbers } from '../../shared/identifiers/health-numbers-refused.js';
import type { IfMatch } from '../../shared/if-match.js';
import { DomainError } from '../../shared/problems/domain-error.js';
import type { ListQuery } from '../list/list.query.js';
import { isQueueId } from '../list/view-id.js';
import { builtInQueue, type BuiltInQueue } from './built-in-queues.js';
import { narrowed, queryOfView } from './view-query.js';
import type { SavedView, ViewBody } from './view.schema.js';

/** A view as whoever asks may see it. */
export type View = BuiltInQueue | Kept<SavedView>;

/** Saved views, and the queues that everybody has. */
@Injectable()
export class Views {
  constructor(
    private readonly preferences: Preferences,
    private readonly establishments: Establishments,
  ) {}

  /** Throws `view-not-found`. */
  async find(id: string, principal: Principal): Promise<View> {
    return isQueueId(id) ? builtInQueue(id) : this.preferences.find<SavedView>('view', id, principal);
  }

  /** The query of a list, with what its view says in the place of the view. Throws `view-not-found`, `malformed`. */
  async resolved(query: ListQuery, principal: Principal): Promise<ListQuery> {
    if (query.view === undefined) return query;
    const { content } = await this.find(query.view, principal);
    const { establishment: name } = query;
    // By its code, as views have it.
    const establishment = name && (this.establishments.find(name)?.code ?? name);
    return narrowed(queryOfView(content), { ...query, establishment });
  }

  /**
   * Throws `view-built-in`, `not-the-author`, `view-not-found`, `too-many-views`, `version-mismatch`, `health-number-refused`,
   * `unknown-establishment`, `establishment-not-yours`.
   */
  async write(
    id: string,
    body: ViewBody,
    { principal, ifMatch }: { principal: Principal; ifMatch: IfMatch },
  ): Promise<{ view: View; isNew: boolean }> {
    const { shared, ...content } = body;
    refuseHealthNumbers(content);
    const view = { ...content, filter: { ...content.filter, ...this.placeOf(body, principal) } };
    const audience = { shared: shared === 'team', ...teamOf(principal, view.filter.establishment) };
    const written = { content: view, audience, ifMatch };
    const { kept, isNew } = await this.preferences.write('view', ownId(id), written, principal);
    return { view: kept, isNew };
  }

  async delete(id: string, context: { principal: Principal; ifMatch: IfMatch }): Promise<void> {
    await this.preferences.delete('view', ownId(id), context);
  }

  /** The establishment that is filtered by, as its code: names and aliases may change. */
  private placeOf({ filter }: ViewBody, principal: Principal): { establishment?: string } {
    if (filter.establishment === undefined) return {};
    const pointer = '/filter/establishment';
    const establishment = this.establishments.find(filter.establishment);
    if (!establishment) throw unknownPlace('unknown-establishment', pointer);
    if (!canAccess(principal, establishment.code, 'tickets:read'))
      throw new DomainError('establishment-not-yours', { errors: [{ pointer }] });
    return { establishment: establishment.code };
  }
}

/** Throws `view-built-in`. */
const ownId = (id: string): string => {
  if (isQueueId(id)) throw new DomainError('view-built-in');
  return id;
};
