import { Injectable } from '@nestjs/common';
import { Pool } from 'pg';
import type { Principal } from '../access/index.js';
import { queryWithDeadline } from '../platform/database/query-with-deadline.js';
import { readerOn, type SnapshotReader } from '../platform/database/snapshot.js';
import { inTransaction } from '../platform/database/transaction.js';
import { canonicalJson } from '../shared/canonical-json.js';
import { assertMatches, type IfMatch } from '../shared/if-match.js';
import { DomainError } from '../shared/problems/domain-error.js';
import type { Audience } from './audience.js';
import type { Kept, KeptPlace, KeptRow, PreferenceKind } from './kept.js';
import * as statements from './preference-statements.js';

/** The most views, and the most templates, that one person keeps. */
const maxKept = 100;

const tooMany = { view: 'too-many-views', template: 'too-many-templates' } as const;
const notFound = { view: 'view-not-found', template: 'template-not-found' } as const;

interface Written<Content> {
  content: Content;
  audience: Audience;
  ifMatch: IfMatch;
}

/** What people keep, and who may see and change it: the same for every kind. */
@Injectable()
export class Preferences {
  constructor(private readonly pool: Pool) {}

  /** Those that the principal may see: their own, then those that others share with them. */
  async page<Content>(
    kind: PreferenceKind,
    principal: Principal,
    { after, limit }: { after: KeptPlace | undefined; limit: number },
  ): Promise<{ items: Kept<Content>[]; next: KeptPlace | undefined }> {
    const query = statements.selectKept(kind, principal, { after, limit: limit + 1 });
    const rows = await queryWithDeadline<KeptRow>(this.pool, query);
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    const next =
      rows.length > shown.length && last
        ? { others: last.is_mine ? ('false' as const) : ('true' as const), number: last.number }
        : undefined;
    return { items: shown.map((row) => keptOf<Content>(row)), next };
  }

  /** Throws `view-not-found` or `template-not-found`, also where it exists and is not for the principal to see. */
  async find<Content>(kind: PreferenceKind, id: string, principal: Principal): Promise<Kept<Content>> {
    const row = await rowOf(readerOn(this.pool), { kind, id }, principal);
    if (!row?.is_visible) throw new DomainError(notFound[kind]);
    return keptOf<Content>(row);
  }

  /** Keeps it, or replaces what was kept under this id. What is there already is written no second time. */
  write<Content extends object>(
    kind: PreferenceKind,
    id: string,
    { content, audience, ifMatch }: Written<Content>,
    principal: Principal,
  ): Promise<{ kept: Kept<Content>; isNew: boolean }> {
    const writing = { kind, id, content, audience };
    return this.inTurn(principal, async (reader) => {
      const row = await rowOf(reader, writing, principal);
      if (row) assertIsMine(kind, row);
      if (row && isSame(row, writing)) return { kept: keptOf<Content>(row), isNew: false };
      assertMatches(ifMatch, row?.revision ?? 0);
      if (row) {
        const [updated] = await reader.read<KeptRow>(statements.updateKept(writing, principal));
        return { kept: keptOf<Content>(found(updated, kind)), isNew: false };
      }
      await assertIsRoom(reader, kind, principal);
      const [inserted] = await reader.read<KeptRow>(statements.insertKept(writing, principal));
      return { kept: keptOf<Content>(found(inserted, kind)), isNew: true };
    });
  }

  async delete(
    kind: PreferenceKind,
    id: string,
    { principal, ifMatch }: { principal: Principal; ifMatch: IfMatch },
  ): Promise<void> {
    await this.inTurn(principal, async (reader) => {
      const row = found(await rowOf(reader, { kind, id }, principal), kind);
      assertIsMine(kind, row);
      assertMatches(ifMatch, row.revision);
      await reader.read(statements.deleteKept(kind, id, principal.id));
    });
  }

  private inTurn<Result>(
    { id }: Principal,
    work: (reader: SnapshotReader) => Promise<Result>,
  ): Promise<Result> {
    return inTransaction(this.pool, async (client) => {
      const reader = readerOn(client);
      await reader.read(statements.lockAuthor(id));
      return work(reader);
    });
  }
}

const rowOf = async (
  reader: SnapshotReader,
  { kind, id }: { kind: PreferenceKind; id: string },
  principal: Principal,
): Promise<KeptRow | undefined> => {
  const [row] = await reader.read<KeptRow>(statements.selectKeptById(kind, id, principal));
  return row;
};

const found = (row: KeptRow | undefined, kind: PreferenceKind): KeptRow => {
  if (!row) throw new DomainError(notFound[kind]);
  return row;
};

/** To whoever may not see it, what another keeps looks like nothing. */
const assertIsMine = (kind: PreferenceKind, { is_mine, is_visible }: KeptRow): void => {
  if (!is_mine) throw new DomainError(is_visible ? 'not-the-author' : notFound[kind]);
};

const assertIsRoom = async (
  reader: SnapshotReader,
  kind: PreferenceKind,
  { id }: Principal,
): Promise<void> => {
  const [kept] = await reader.read<{ count: number }>(statements.countKept(kind, id));
  if (kept && kept.count >= maxKept) throw new DomainError(tooMany[kind], { members: { limit: maxKept } });
};

const isSame = (row: KeptRow, { content, audience }: { content: object; audience: Audience }): boolean =>
  canonicalJson([row.content, row.shared, row.roles, row.establishments ?? 'all']) ===
  canonicalJson([content, audience.shared, audience.roles, audience.establishments]);

const keptOf = <Content>(row: KeptRow): Kept<Content> => ({
  id: row.id,
  content: row.content as Content,
  author: row.author,
  isMine: row.is_mine,
  shared: row.shared,
  revision: row.revision,
  updatedAt: row.updated_at,
});
