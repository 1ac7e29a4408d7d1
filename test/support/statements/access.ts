import * as sessions from '../../../src/access/sign-in/session-statements.js';
import * as screens from '../../../src/access/sign-in/wall-screen-statements.js';
import type { Access } from '../../../src/access/log/access.js';
import * as accesses from '../../../src/access/log/storage/access-statements.js';
import { form, forms, instants, ticketId, type CataloguedStatement } from './catalogue.js';

const id = Buffer.alloc(32, 7);
const principal = { id: 'alice', roles: ['producer'], establishments: new Set(['CHQ']) } as const;
const session = { kind: 'person', principal, lifetimeSeconds: 43_200, idleSeconds: 14_400 } as const;
const screen = { label: 'Accueil', by: 'alice', lifetimeSeconds: 31_536_000, claimableMinutes: 15 };

export const access: CataloguedStatement[] = [
  ...form(sessions.deleteOverSessions),
  ...form(sessions.insertSession, id, { ...session, tokens: 'sealed' }),
  ...form(sessions.selectSession, id, 300),
  ...form(sessions.markSeen, id),
  ...form(sessions.deleteSession, id),
  ...form(sessions.selectAlive, [id]),
  ...form(sessions.claimRenewal, id, 'sealed'),
  ...form(sessions.renewSession, id, principal, 'sealed'),
  ...form(screens.insertScreen, id, screen),
  ...form(screens.claimScreen, id, Buffer.alloc(32, 8)),
  ...form(screens.selectScreens),
  ...form(screens.deleteScreen, id),
];

const shown = { ticketId, establishment: 'CHQ' };
const seen: Access = {
  action: 'read',
  ...{ at: new Date(instants.first), person: 'alice', roles: ['agent'], tickets: [shown] },
  ...{ client: 'bureau', address: '10.0.0.7', purpose: undefined, refused: false },
};
const first = { after: undefined, limit: 51 };
const next = { after: { at: instants.first, position: '120' }, limit: 51 };
const range = { from: instants.first, before: instants.second };

export const accessLog: CataloguedStatement[] = [
  ...form(accesses.appendAccesses, [seen]),
  ...forms(accesses.selectAccesses, {
    'everybody’s': [{}, first],
    'everybody’s, the next page': [{}, next],
    'of a range': [range, first],
    'of a person': [{ person: 'alice' }, first],
    'of a person, the next page': [{ person: 'alice' }, next],
    'of a ticket': [{ ticket: ticketId }, first],
    'of a ticket, a person and a range': [{ ticket: ticketId, person: 'alice', ...range }, next],
  }),
  ...form(accesses.selectAlerts, instants.first, 20),
  ...form(accesses.selectAccessHead),
  ...form(accesses.selectChainedAccesses, 0n, 120n, 2_000),
];
