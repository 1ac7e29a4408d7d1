import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { RecordedEvent } from '../../platform/event-store/event-store.js';
import { encodeBulletinEvent } from '../domain/bulletin.codec.js';
import { bulletinStream, type BulletinEvent, type BulletinPublished } from '../domain/bulletin.events.js';
import { date, drafted, known, morning, published } from '../testing/bulletins.js';
import { signedPartOf, signedPayload } from './signed-publication.js';
import { SigningKeys } from './signing-keys.js';
import { verifyPublications } from './verify-publications.js';

const keys = await SigningKeys.fromPem(
  generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
  'SIGNING_KEY',
);
const hash = 'ab'.repeat(32);
const log = { identity: () => Promise.resolve('this'), chainHash: () => Promise.resolve(hash) };

const signed = (changes: Partial<BulletinPublished> = {}): BulletinPublished => {
  const event = {
    ...published(known({ opened: 1 })),
    log: { id: 'this', position: '100', hash },
    ...changes,
  };
  return { ...event, signature: keys.sign(signedPayload(date, signedPartOf(event)))! };
};

const verify = async (...events: BulletinEvent[]) => {
  const recorded = events.map((event, index): RecordedEvent => ({
    ...encodeBulletinEvent('00000000-0000-4000-8000-000000000001', event, 'c'),
    ...{
      stream: bulletinStream(date),
      revision: index + 1,
      position: BigInt(index + 1),
      recordedAt: morning,
    },
  }));
  // eslint-disable-next-line @typescript-eslint/require-await -- read from a list
  const batches = (async function* () {
    yield recorded;
  })();
  return verifyPublications(batches, log, keys);
};

describe('publications of a log', () => {
  it('are proven by their signatures and the log they were signed over', async () => {
    expect(await verify(drafted(), signed())).toEqual({
      ...{ publications: 1, verified: 1, unsigned: 0, otherLog: 0 },
      unproven: [],
    });
  });

  it('of before there were signatures are counted, and nothing is wrong with them', async () => {
    const { unsigned, unproven } = await verify(published(known()), signed());
    expect([unsigned, unproven]).toEqual([1, []]);
  });

  it('are not to be unsigned once one was signed', async () => {
    const { unproven } = await verify(signed(), published(known()));
    expect(unproven).toEqual([{ date, revision: 1, reason: 'unsigned' }]);
  });

  it('signed over another log, of which this one is a copy, are verified by their signature', async () => {
    const { verified, otherLog } = await verify(
      signed({ log: { id: 'other', position: '100', hash: '00'.repeat(32) } }),
    );
    expect([verified, otherLog]).toEqual([1, 1]);
  });

  it('signed where the log has no chain are verified by their signature', async () => {
    const { log: _log, ...bare } = signed();
    const event = { ...bare, signature: keys.sign(signedPayload(date, signedPartOf(bare)))! };
    expect(await verify(event)).toMatchObject({ verified: 1, unproven: [] });
  });

  it('signed over what the log no longer is are named', async () => {
    const { unproven } = await verify(
      signed({ log: { id: 'this', position: '100', hash: '00'.repeat(32) } }),
    );
    expect(unproven).toEqual([{ date, revision: 1, reason: 'log' }]);
  });
});
