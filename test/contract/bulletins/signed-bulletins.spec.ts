import { execFile } from 'node:child_process';
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { clientOf, type Client } from '../../support/api/client.js';
import { openedTicket } from '../../support/api/contract.js';
import { formOf, textOfHtml, textOfPdf } from '../../support/bulletins/printed-forms.js';
import { project } from '../../support/server/server-process.js';
import { startHostedServer, type HostedServer } from '../../support/server/hosted-server.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

interface Signed {
  figures: { position: string; total: { opened: number } };
  sections: { bilan: string; faitsSaillants: { text: string }[] };
  releves: { value: number }[];
  revision: number;
  log: { id: string; position: string; hash: string };
  signature: {
    kid: string;
    algorithm: string;
    value: string;
    signedPayload: string;
    signedTexts: string;
    verification: string;
  };
}
interface KeySet {
  keys: { kid: string; x: string }[];
}

const path = '/v1/bulletins/2026-05-17';
const pem = (key: KeyObject): string =>
  key.export({ format: 'pem', type: key.type === 'private' ? 'pkcs8' : 'spki' }).toString();
const first = generateKeyPairSync('ed25519');
const second = generateKeyPairSync('ed25519');

let server: HostedServer;
let client: Client;
const draft = (bilan: string) => ({
  ticketDay: '2026-05-15',
  sections: { bilan, faitsSaillants: [{ establishment: 'NIM', text: 'Au nord.' }, { text: 'Partout.' }] },
  releves: [{ code: 'connected-users', day: '2026-05-16', value: 23_431, total: 30_000 }],
});
const publish = async (bilan: string, step: 'publish' | 'revise') => {
  await client.send('PUT', path, draft(bilan));
  const { status } = await client.post(`${path}/${step}`);
  expect(status).toBe(200);
};
const read = async (revision: number): Promise<Signed> =>
  (await client.get<Signed>(`${path}?revision=${revision}`)).body;
const keySet = async (): Promise<KeySet> =>
  (await (await fetch(new URL('/.well-known/bulletin-keys.json', server.url))).json()) as KeySet;

beforeAll(async () => {
  server = await startHostedServer({ signingKey: pem(first.privateKey) });
  client = await clientOf(server);
  await openedTicket(client, { occurredAt: '2026-05-15T12:00:00-04:00' });
  await publish('Une semaine calme.', 'publish');
  await publish('Une semaine très calme.', 'revise');
});
afterAll(() => server.close());

/** The documented lines of one language, run in a folder with the two files as a stranger has them. */
const verifyAsDocumented = async (language: 'js' | 'sh', bulletin: Signed, keys: KeySet) => {
  const documentation = await readFile(join(project, 'docs/signed-bulletins.md'), 'utf8');
  const [, code = ''] = new RegExp(`## Verify it with [^#]*\`\`\`${language}\\n([^]*?)\`\`\``).exec(
    documentation,
  )!;
  const temporary = await temporaryFolder();
  const folder = temporary.path;
  await writeFile(join(folder, 'bulletin.json'), JSON.stringify(bulletin));
  await writeFile(join(folder, 'bulletin-keys.json'), JSON.stringify(keys));
  await writeFile(join(folder, 'verify.mjs'), code);
  const [program, parameters] = language === 'js' ? ['node', ['verify.mjs']] : ['sh', ['-ec', code]];
  const run = promisify(execFile)(program, parameters, { cwd: folder }).then(
    ({ stdout }) => ({ isProven: true, output: stdout }),
    (error: unknown) => ({ isProven: false, output: (error as Error).message }),
  );
  return run.finally(() => temporary.remove());
};

describe('a published bulletin', () => {
  it('carries a signature, and the hash of the log that its figures were counted from', async () => {
    for (const revision of [1, 2]) {
      const { log, figures, signature } = await read(revision);
      expect(signature).toMatchObject({ algorithm: 'Ed25519', verification: 'verified' });
      expect(log.position).toBe(figures.position);
      const [event] = await server.database.query<{ hash: string }>(
        `SELECT encode(hash, 'hex') AS hash FROM event_store.events WHERE position = ${log.position}`,
      );
      expect(log.hash).toBe(event!.hash);
    }
  });

  it('keeps its signature when it is published again, and when it is revised', async () => {
    const { body } = await client.post<Signed>(`${path}/publish`);
    expect(body.signature).toEqual((await read(2)).signature);
    expect((await read(1)).signature.value).not.toBe(body.signature.value);
  });

  it('is proven by the documented lines', async () => {
    for (const revision of [1, 2]) {
      const proof = await verifyAsDocumented('js', await read(revision), await keySet());
      expect(proof).toEqual({
        isProven: true,
        output: `revision ${revision} of 2026-05-17 is as it was published\n`,
      });
    }
    const bySsl = await verifyAsDocumented('sh', await read(1), await keySet());
    expect(bySsl).toEqual({ isProven: true, output: 'Signature Verified Successfully\n' });
  });

  const tampered: [string, (bulletin: Signed) => void][] = [
    ['a figure', ({ figures }) => (figures.total.opened += 1)],
    [
      'the figure that was signed',
      (bulletin) => {
        bulletin.figures.total.opened = 7;
        bulletin.signature.signedPayload = bulletin.signature.signedPayload.replace(
          /"opened":1\b/g,
          '"opened":7',
        );
      },
    ],
    ['a text', ({ sections }) => (sections.bilan = 'Une semaine agitée.')],
    ['a highlight', ({ sections }) => (sections.faitsSaillants[0]!.text = 'Au sud.')],
    ['a relevé', ({ releves }) => (releves[0]!.value = 1)],
    ['a relevé more', ({ releves }) => releves.push({ value: 1 })],
    [
      'the text that was signed',
      ({ signature }) => {
        signature.signedTexts = signature.signedTexts.replace('calme', 'agitée');
      },
    ],
    ['the hash of the log', ({ log }) => (log.hash = '0'.repeat(64))],
    ['the revision', (bulletin) => (bulletin.revision = 9)],
    [
      'the signature',
      ({ signature }) => {
        signature.value = (signature.value.startsWith('A') ? 'B' : 'A') + signature.value.slice(1);
      },
    ],
    ['the key’s name', ({ signature }) => (signature.kid = 'another')],
  ];
  it.each(tampered)('is no longer proven once %s was changed', async (_what, change) => {
    const bulletin = await read(1);
    change(bulletin);
    expect(await verifyAsDocumented('js', bulletin, await keySet())).toMatchObject({ isProven: false });
  });

  it('says in each printed form and on its page that its signature was verified', async () => {
    const { signature, log } = await read(2);
    const line = `(Ed25519, clé ${signature.kid.slice(0, 16)}…) · empreinte du journal : ${log.hash.slice(0, 16)}…`;
    const pages = [
      `${path}?format=html&lang=fr`,
      `${path}?format=md&lang=fr`,
      '/bulletins/2026-05-17?lang=fr',
    ];
    for (const page of pages) {
      const { bytes } = await formOf(client, page);
      // Markdown escapes the underscores of a key's name.
      const text = textOfHtml(new TextDecoder().decode(bytes)).replaceAll('\\_', '_');
      expect(text).toContain(`Signé, signature vérifiée ${line}`);
    }
    const english = await textOfPdf((await formOf(client, `${path}?format=pdf&lang=en`)).bytes);
    expect(english.replaceAll('\n', ' ')).toContain('Signed, signature verified');
  });
});

describe('the keys of bulletins', () => {
  it('are for everyone, and may be kept by caches', async () => {
    const response = await fetch(new URL('/.well-known/bulletin-keys.json', server.url));
    expect([response.status, response.headers.get('Cache-Control')]).toEqual([200, 'public, max-age=3600']);
    const { keys } = (await response.json()) as KeySet;
    expect(keys).toMatchObject([{ kty: 'OKP', crv: 'Ed25519', use: 'sig' }]);
    expect(JSON.stringify(keys)).not.toContain('"d"');
  });
});

describe('a server with other keys', () => {
  const another = async (signingKey: string | undefined, about: (other: Client) => Promise<void>) => {
    const other = await startHostedServer({ databaseUrl: server.database.url, signingKey });
    try {
      await about(await clientOf(other));
    } finally {
      await other.close();
    }
  };
  const of = async (other: Client, revision: number) =>
    (await other.get<Signed>(`${path}?revision=${revision}`)).body.signature;

  it('verifies by the old key, kept as its public half, what that one signed', async () => {
    await another(pem(second.privateKey) + pem(first.publicKey), async (other) => {
      expect(await of(other, 1)).toMatchObject({
        verification: 'verified',
        kid: (await keySet()).keys[0]!.kid,
      });
      await other.send('PUT', '/v1/bulletins/2026-05-18', draft('x'));
      const { body } = await other.post<Signed>('/v1/bulletins/2026-05-18/publish');
      const keys = (await (
        await fetch(new URL('/.well-known/bulletin-keys.json', other.url))
      ).json()) as KeySet;
      expect(body.signature).toMatchObject({ verification: 'verified', kid: keys.keys[0]!.kid });
      expect(keys.keys).toHaveLength(2);
    });
  });

  it('says that it does not know the key', async () => {
    await another(pem(second.privateKey), async (other) => {
      expect((await of(other, 1)).verification).toBe('unknown-key');
    });
  });

  it('publishes unsigned without a key, and every form says so', async () => {
    await another(undefined, async (other) => {
      await other.send('PUT', '/v1/bulletins/2026-05-19', draft('x'));
      const { body } = await other.post<Signed>('/v1/bulletins/2026-05-19/publish');
      expect([body.signature, body.log.hash]).toEqual([null, expect.stringMatching(/^[0-9a-f]{64}$/)]);
      const { bytes } = await formOf(other, '/v1/bulletins/2026-05-19?format=html&lang=fr');
      expect(textOfHtml(new TextDecoder().decode(bytes))).toContain('Publié sans signature');
    });
  });
});
