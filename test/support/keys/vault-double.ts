import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Item {
  plaintext?: string;
  ciphertext?: string;
  associated_data?: string;
}

const token = 'a token of the double';

/**
 * The transit engine of a Vault, as its HTTP API behaves: batches, versions of a key, associated data, an error for one item of a batch
 * beside the results of the others (with 400), 403 without the token, 503 while it is sealed.
 */
export class VaultDouble {
  private readonly versions: Buffer[] = [randomBytes(32)];
  readonly requests: string[] = [];
  readonly token = token;
  isSealed = false;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<VaultDouble> {
    const server = createServer();
    const double = new VaultDouble(server);
    server.on('request', (request, response) => void double.answer(request, response));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return double;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** A new version of the key; older ones still decrypt. */
  rotate(): void {
    this.versions.push(randomBytes(32));
  }

  async stop(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const send = (status: number, body: unknown) =>
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
    this.requests.push(`${request.method} ${request.url}`);
    if (this.isSealed) return void send(503, { errors: ['Vault is sealed'] });
    if (request.headers['x-vault-token'] !== token) return void send(403, { errors: ['permission denied'] });
    const { batch_input: items } = JSON.parse(Buffer.concat(chunks).toString()) as { batch_input: Item[] };
    switch (`${request.method} ${request.url}`) {
      case 'POST /v1/secrets/transit/encrypt/texts':
        return void send(200, { data: { batch_results: items.map((item) => this.encrypt(item)) } });
      case 'POST /v1/secrets/transit/decrypt/texts': {
        const results = items.map((item) => this.decrypt(item));
        return void send(results.some((result) => 'error' in result) ? 400 : 200, {
          data: { batch_results: results },
        });
      }
      default:
        return void send(404, { errors: [] });
    }
  }

  private encrypt({ plaintext = '', associated_data = '' }: Item) {
    const version = this.versions.length;
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.versions.at(-1)!, nonce);
    cipher.setAAD(Buffer.from(associated_data, 'base64'));
    const text = Buffer.concat([cipher.update(Buffer.from(plaintext, 'base64')), cipher.final()]);
    const all = Buffer.concat([nonce, text, cipher.getAuthTag()]);
    return { ciphertext: `vault:v${version}:${all.toString('base64')}`, key_version: version };
  }

  private decrypt({ ciphertext = '', associated_data = '' }: Item) {
    try {
      const [, version, text] = /^vault:v(\d+):(.+)$/.exec(ciphertext) ?? [];
      const all = Buffer.from(text!, 'base64');
      const decipher = createDecipheriv(
        'aes-256-gcm',
        this.versions[Number(version) - 1]!,
        all.subarray(0, 12),
      );
      decipher.setAAD(Buffer.from(associated_data, 'base64'));
      decipher.setAuthTag(all.subarray(-16));
      const plain = Buffer.concat([decipher.update(all.subarray(12, -16)), decipher.final()]);
      return { plaintext: plain.toString('base64') };
    } catch {
      return { error: 'cipher: message authentication failed' };
    }
  }
}
