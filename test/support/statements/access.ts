import * as sessions from '../../../src/access/sign-in/session-statements.js';
import * as screens from '../../../src/access/sign-in/wall-screen-statements.js';
import { form, type CataloguedStatement } from './catalogue.js';

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
