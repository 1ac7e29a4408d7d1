import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openSigningKeys } from './open-signing-keys.js';
import { SigningKeys } from './signing-keys.js';

const pem = (key: KeyObject): string =>
  key.export({ format: 'pem', type: key.type === 'private' ? 'pkcs8' : 'spki' }).toString();
/** The example key of RFC 8037, appendix A; its thumbprint is given there. */
const example = createPrivateKey({
  format: 'jwk',
  key: {
    kty: 'OKP',
    crv: 'Ed25519',
    d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A',
    x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
  },
});
const other = generateKeyPairSync('ed25519');

describe('the keys of bulletins', () => {
  it('are named by their thumbprint', async () => {
    const { published } = await SigningKeys.fromPem(pem(example), 'SIGNING_KEY');
    expect(published).toEqual([
      {
        kty: 'OKP',
        crv: 'Ed25519',
        use: 'sig',
        x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
        kid: 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k',
      },
    ]);
  });

  it('give the same text the same signature, which any of them verifies and no other key does', async () => {
    const before = await SigningKeys.fromPem(pem(example), 'SIGNING_KEY');
    const after = await SigningKeys.fromPem(pem(other.privateKey) + pem(example), 'SIGNING_KEY');
    const signature = before.sign('texte')!;
    expect(before.sign('texte')).toEqual(signature);
    expect(after.sign('texte')!.kid).not.toBe(signature.kid);
    expect(after.verify('texte', signature)).toBe('verified');
    expect(after.verify('textes', signature)).toBe('invalid');
    expect(after.verify('texte', { ...signature, value: '' })).toBe('invalid');
    expect(SigningKeys.none.verify('texte', signature)).toBe('unknown-key');
    expect(SigningKeys.none.sign('texte')).toBeUndefined();
  });

  it.each([
    ['nothing', ''],
    ['no PEM', 'secret'],
    ['a damaged key', pem(example).replace(/\nM/, '\nN')],
    ['a key of another kind', pem(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey)],
    ['a public key as the first', pem(other.publicKey) + pem(example)],
    ['a key of another kind after the first', pem(example) + pem(generateKeyPairSync('x25519').privateKey)],
  ])('are refused in one line that shows none of it: %s', async (_what, text) => {
    const refused = await SigningKeys.fromPem(text, 'SIGNING_KEY').catch((error: unknown) => error as Error);
    expect((refused as Error).message).toMatch(/^SIGNING_KEY: expected an Ed25519 key in PEM [^\n]*$/);
  });
});

describe('the key of the embedded database', () => {
  let dataDir: string;
  beforeAll(async () => (dataDir = await mkdtemp(join(tmpdir(), 'billets-quotidiens-signing-'))));
  afterAll(() => rm(dataDir, { recursive: true }));
  const recorded: unknown[][] = [];
  const record = (...event: unknown[]) => void recorded.push(event);
  const open = () => openSigningKeys({ signingKey: undefined, databaseUrl: undefined, dataDir }, record);

  it('is made once, for its owner’s eyes only, and recorded without its secret', async () => {
    const made = await open();
    const file = join(dataDir, 'signing-key');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const text = await readFile(file, 'utf8');
    expect((await open()).published).toEqual(made.published);
    expect(await readFile(file, 'utf8')).toBe(text);
    const signingKeyId = made.published[0]!.kid;
    expect(recorded).toEqual([['sensitive_create', { what: 'signing-key', signingKeyId }]]);
  });

  it('is not made beside a database of one’s own', async () => {
    const settings = { signingKey: undefined, dataDir, databaseUrl: 'postgres://localhost/billets' };
    const before = recorded.length;
    expect((await openSigningKeys(settings, record)).published).toEqual([]);
    expect(recorded).toHaveLength(before);
  });
});
