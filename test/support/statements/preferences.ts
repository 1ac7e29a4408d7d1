import * as ownTeams from '../../../src/preferences/own-teams-statements.js';
import * as statements from '../../../src/preferences/preference-statements.js';
import { form, forms, ticketId as id, type CataloguedStatement } from './catalogue.js';

const alice = { id: 'alice', roles: ['agent'], establishments: new Set(['CHQ']) } as const;
const audience = { shared: true, roles: ['agent'], establishments: ['CHQ'] } as const;
const writing = { kind: 'view', id, content: { name: 'P1', filter: { priority: 'P1' } }, audience } as const;

export const preferences: CataloguedStatement[] = [
  ...forms(statements.selectKept, {
    'first page': ['view', alice, { after: undefined, limit: 51 }],
    'next page': ['view', alice, { after: { others: 'true', number: '7' }, limit: 51 }],
  }),
  ...form(statements.selectKeptById, 'view', id, alice),
  ...form(statements.lockAuthor, 'alice'),
  ...form(statements.countKept, 'view', 'alice'),
  ...form(statements.insertKept, writing, alice),
  ...form(statements.updateKept, writing, alice),
  ...form(statements.deleteKept, 'view', id, 'alice'),
  ...form(ownTeams.selectOwnTeams, 'alice'),
  ...form(ownTeams.upsertOwnTeams, 'alice', ['mobile-nim-03']),
];
