import type { FastifyRequest } from 'fastify';
import { describe, expect, it } from '@jest/globals';
import type { Principal } from '../permissions.js';
import type { Renewal } from './renewal.js';
import { Seal } from './seal.js';
import { Sessions, type SessionParts } from './sessions.js';

const agent: Principal = { id: 'team-17', roles: ['agent'], establishments: new Set(['NIM', 'MCQ']) };
const seal = new Seal(['0123456789abcdef0123456789abcdef']);

/** What is logged when the session of a request is due to be renewed, and the provider answers so. */
const logged = async (renewal: Renewal): Promise<unknown[]> => {
  const lines: unknown[] = [];
  const id = Buffer.from('id');
  const tokens = await seal.close('provider-tokens', { refreshToken: 'refresh' }, 60);
  const session = { ...{ id, tokens, principal: agent, kind: 'person', endsAt: 0 }, isRenewalDue: true };
  const sessions = new Sessions({
    seal,
    store: {
      find: () => Promise.resolve(session),
      claimRenewal: () => Promise.resolve(true),
      renew: () => Promise.resolve(),
      endById: () => Promise.resolve(),
    },
    limits: { lifetimeSeconds: 60, idleSeconds: 60, renewalSeconds: 1, wallScreenSeconds: 60 },
    secure: false,
    renew: () => Promise.resolve(renewal),
    log: {
      note: (event: string, _request: unknown, subject: string, about: object | undefined) =>
        lines.push([event, subject, about]),
    },
  } as unknown as SessionParts);
  const cookie = `session=${encodeURIComponent(await seal.close('session', { secret: 'secret' }, 60))}`;
  await sessions.of({ headers: { cookie }, routeOptions: { config: {} } } as unknown as FastifyRequest);
  return lines;
};
const renewed = (changes: Partial<Principal>): Renewal => ({
  outcome: 'renewed',
  principal: { ...agent, ...changes },
  tokens: {},
});

describe('the renewal of a session', () => {
  it('is a security event where other rights come of it', async () => {
    const rights = { from: 'agent at MCQ, NIM' };
    expect(await logged(renewed({ roles: ['operator', 'agent'] }))).toEqual([
      ['authz_change', 'person team-17', { ...rights, to: 'agent, operator at MCQ, NIM' }],
    ]);
    expect(await logged(renewed({ establishments: 'all' }))).toEqual([
      ['authz_change', 'person team-17', { ...rights, to: 'agent at *' }],
    ]);
  });

  it('is none where the rights stay, in whatever order they come, or nobody knows', async () => {
    expect(await logged(renewed({ establishments: new Set(['MCQ', 'NIM']) }))).toEqual([]);
    expect(await logged({ outcome: 'away' })).toEqual([]);
  });

  it('is one where the provider ends it', async () => {
    expect(await logged({ outcome: 'refused' })).toEqual([
      ['authn_token_revoked', 'person team-17', undefined],
    ]);
  });
});
