import { expect, it } from '@jest/globals';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { pino } from 'pino';
import { SecurityLog } from '../../platform/observability/security-log.js';
import type { Principal } from '../permissions.js';
import { AccessAlerts } from './access-alerts.js';
import { AccessLog } from './access-log.js';
import { AccessRecorder } from './access-recorder.js';
import type { Access } from './access.js';

it('who has closed the connection before it was their turn is written down, without an address', async () => {
  const written: Access[] = [];
  const logger = pino({ level: 'silent' });
  const log = new AccessLog({
    write: (accesses) => Promise.resolve(void written.push(...accesses)),
    ...{ logger, now: () => Date.now() },
  });
  const recorder = new AccessRecorder({
    ...{
      log,
      alerts: new AccessAlerts({ tickets: 0, refusals: 0 }),
      security: new SecurityLog(logger),
      isOn: true,
    },
    metrics: { accessAlert: () => undefined },
  });
  // As Fastify has it once the socket is destroyed.
  const request = { headers: {}, ip: undefined, params: {} } as unknown as FastifyRequest;
  const principal = { id: 'alice', roles: ['agent'] } as unknown as Principal;
  recorder.begin(request, { action: 'list', tickets: 'named' }, { principal, client: 'bureau' });
  recorder.note(request, { statusCode: 200 } as FastifyReply, { items: [] });
  await log.close();
  expect(written).toMatchObject([{ person: 'alice', address: 'unknown', refused: false }]);
});
