import * as sessions from '../../../src/access/sign-in/session-statements.js';
import { form, type CataloguedStatement } from './catalogue.js';

const id = Buffer.alloc(32, 7);
const principal = { id: 'alice', roles: ['producer'], establishments: new Set(['CHQ']) } as const;
const session = { kind: 'person', principal, lifetimeSeconds: 43_200, idleSeconds: 14_400 } as const;

export const access: CataloguedStatement[] = [
  ...form(sessions.deleteOverSessions),
  ...form(sessions.insertSession, id, { ...session, tokens: 'sealed' }),
  ...form(sessions.selectSession, id, 300),
  ...form(sessions.markSeen, id),
  ...form(sessions.deleteSession, id),
  ...form(sessions.selectAlive, [id]),
  ...form(sessions.claimRenewal, id),
  ...form(sessions.renewSession, id, principal, 'sealed'),
];
