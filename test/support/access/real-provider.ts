import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { exportJWK, generateKeyPair } from 'jose';
import { Provider, type KoaContextWithOIDC } from 'oidc-provider';
import { freePort } from '../network/free-port.js';

/** Where our server is reached, and as which client. */
const clientId = 'board';
export const clientSecret = 'q8Zr2LmN5vXc7BtY1wKj4HsDf9GpA3eU';

/** An OpenID provider of its own address, as a hospital has one; whoever comes is let in as `person`. */
export class RealProvider {
  person = 'alice';
  /** What the provider says of who signs in, now; undefined: it knows them no more. */
  rights: { roles: string[]; establishments: string[] } | undefined = {
    roles: ['producer'],
    establishments: ['*'],
  };
  /** How often a refresh token was asked to be exchanged. */
  exchanged = 0;
  private http: Server | undefined;
  private provider: Provider | undefined;

  private constructor(
    readonly url: string,
    private readonly ours: string,
  ) {}

  static async create(ours: string): Promise<RealProvider> {
    return new RealProvider(`http://127.0.0.1:${await freePort()}`, ours);
  }

  async start(): Promise<void> {
    this.provider ??= await this.made();
    const handle = this.provider.callback();
    this.http = createServer((request, response) => void handle(request, response));
    this.http.listen(Number(new URL(this.url).port), '127.0.0.1');
    await once(this.http, 'listening');
  }

  async stop(): Promise<void> {
    this.http?.closeAllConnections();
    this.http?.close();
    if (this.http) await once(this.http, 'close');
    this.http = undefined;
  }

  private async made(): Promise<Provider> {
    const { privateKey } = await generateKeyPair('ES256', { extractable: true });
    const provider = new Provider(this.url, {
      claims: { openid: ['sub', 'roles', 'establishments'] },
      conformIdTokenClaims: false,
      features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: true } },
      interactions: { url: (_context, { uid }) => `/choice/${uid}` },
      issueRefreshToken: () => true,
      expiresWithSession: () => false,
      rotateRefreshToken: true,
      cookies: { keys: ['a key of the tests'] },
      jwks: { keys: [{ ...(await exportJWK(privateKey)), alg: 'ES256', use: 'sig' }] },
      clients: [
        {
          client_id: clientId,
          client_secret: clientSecret,
          token_endpoint_auth_method: 'client_secret_post',
          id_token_signed_response_alg: 'ES256',
          grant_types: ['authorization_code', 'refresh_token'],
          redirect_uris: [`${this.ours}/sign-in/callback`],
          post_logout_redirect_uris: [`${this.ours}/`],
        },
      ],
      findAccount: (_context, accountId) =>
        this.rights && { accountId, claims: () => ({ sub: accountId, ...this.rights }) },
      async loadExistingGrant({ oidc }: KoaContextWithOIDC) {
        const grant = new oidc.provider.Grant({ clientId, accountId: oidc.session?.accountId ?? '' });
        grant.addOIDCScope('openid');
        await grant.save();
        return grant;
      },
    });
    provider.use(async (context, next) => {
      if (context.path.startsWith('/choice/')) {
        return provider.interactionFinished(context.req, context.res, { login: { accountId: this.person } });
      }
      await next();
      if (context.path === '/token' && context.oidc?.params?.grant_type === 'refresh_token')
        this.exchanged += 1;
    });
    return provider;
  }
}

/** Cookies by origin: a browser without scripts that goes from one server to another as it is told. */
export class TravellingBrowser {
  readonly jars = new Map<string, Map<string, string>>();

  async send(address: string, init: RequestInit = {}): Promise<Response> {
    const { origin } = new URL(address);
    const jar = this.jars.get(origin) ?? new Map<string, string>();
    this.jars.set(origin, jar);
    const headers = new Headers(init.headers);
    headers.set('Cookie', [...jar].map(([name, value]) => `${name}=${value}`).join('; '));
    const answer = await fetch(address, { ...init, headers, redirect: 'manual' });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') jar.delete(name);
      else jar.set(name, value);
    }
    return answer;
  }

  /** Where an answer leads to, and what is said there in the end. */
  async follow(address: string, init: RequestInit = {}): Promise<{ address: string; answer: Response }> {
    let [at, answer] = [address, await this.send(address, init)];
    while (answer.headers.has('Location')) {
      at = new URL(answer.headers.get('Location')!, at).href;
      answer = await this.send(at);
    }
    return { address: at, answer };
  }
}
