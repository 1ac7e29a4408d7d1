import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { exportJWK, generateKeyPair } from 'jose';
import type { Configuration, KoaContextWithOIDC } from 'oidc-provider';
import { html } from '../../platform/http/html.js';
import { locales, speaking, type Language, type Text } from '../../shared/text/text.js';
import { developmentAlgorithm } from '../development-issuer.js';
import { roles, type Role } from '../permissions.js';
import { callbackPath, type IdentityProvider } from './sign-in.js';

/** Where the provider of development answers. */
export const developmentProviderPath = '/development-sign-in';
const clientId = 'billets-quotidiens';

export const developmentProvider = (publicUrl: string): IdentityProvider => ({
  issuer: `${publicUrl}${developmentProviderPath}`,
  clientId,
  scope: 'openid',
});

const misdirected = 421;

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * An OpenID Connect provider for development, where one signs in by choosing a role. Made at the first request, since it must
 * know the address it is reached at; what it knows ends with the process.
 */
export const developmentProviderHandler = (publicUrl: () => string): Handler => {
  let made: Promise<Handler> | undefined;
  return (request, response) => {
    // By another name it is reached where a stranger's page gave its own name this machine's address.
    if (request.headers.host !== new URL(publicUrl()).host) {
      response.writeHead(misdirected).end();
      return;
    }
    made ??= makeProvider(publicUrl());
    void made.then((handle) => handle(request, response));
  };
};

const makeProvider = async (publicUrl: string): Promise<Handler> => {
  // Loaded here: a server with a real identity provider does without it.
  const { Provider } = await import('oidc-provider');
  // Named, since the provider warns on the console where it has to choose it by itself.
  const { createMemoryAdapter } = await import('oidc-provider/lib/adapters/memory_adapter.js');
  const { privateKey } = await generateKeyPair(developmentAlgorithm, { extractable: true });
  const jwk = { ...(await exportJWK(privateKey)), alg: developmentAlgorithm, use: 'sig' };
  const provider = new Provider(`${publicUrl}${developmentProviderPath}`, {
    ...configuration,
    adapter: createMemoryAdapter(),
    clients: [
      {
        client_id: clientId,
        token_endpoint_auth_method: 'none',
        id_token_signed_response_alg: developmentAlgorithm,
        grant_types: ['authorization_code', 'refresh_token'],
        redirect_uris: [`${publicUrl}${callbackPath}`],
      },
    ],
    jwks: { keys: [jwk] },
    cookies: { keys: [randomBytes(32).toString('hex')] },
  });
  provider.use(async (context, next) => {
    if (!context.path.startsWith('/choice/')) {
      await next();
      return;
    }
    if (context.method === 'POST') {
      const role = await chosenRole(context.req);
      if (role === undefined) return context.throw(400);
      return provider.interactionFinished(context.req, context.res, { login: { accountId: role } });
    }
    context.set('Content-Security-Policy', "default-src 'none'; style-src 'self'; base-uri 'none'");
    context.type = 'html';
    const { params } = await provider.interactionDetails(context.req, context.res);
    context.body = choicePage(params.ui_locales === locales.en ? 'en' : 'fr').text;
  });
  const handle = provider.callback();
  return (request, response) => {
    response.setHeader('Content-Security-Policy', providerPolicy);
    void handle(request, response);
  };
};

/** Whoever comes as somebody else within a second gets a page of the provider's that sends itself by a script of its own. */
const providerPolicy =
  "default-src 'none'; script-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'";

const configuration: Configuration = {
  claims: { openid: ['sub', 'roles', 'establishments'] },
  // The roles are wanted in the ID token itself.
  conformIdTokenClaims: false,
  features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: false } },
  // What is known of a choice of role ends with our own session, not with the provider's, which lasts a second.
  issueRefreshToken: () => true,
  expiresWithSession: () => false,
  interactions: { url: (_context, { uid }) => `${developmentProviderPath}/choice/${uid}` },
  ttl: {
    Session: 1,
    Interaction: 600,
    Grant: 600,
    IdToken: 600,
    AccessToken: 600,
    AuthorizationCode: 60,
    RefreshToken: 86_400,
  },
  findAccount: (_context, accountId) => ({
    accountId,
    claims: () => ({ sub: accountId, roles: [accountId], establishments: ['*'] }),
  }),
  // The one client is ours: nobody needs to be asked whether it may know who they are.
  async loadExistingGrant({ oidc }: KoaContextWithOIDC) {
    const grant = new oidc.provider.Grant({
      clientId: oidc.client?.clientId ?? clientId,
      accountId: oidc.session?.accountId ?? '',
    });
    grant.addOIDCScope('openid');
    await grant.save();
    return grant;
  },
};

const maxBytes = 1_000;

const chosenRole = async (request: IncomingMessage): Promise<Role | undefined> => {
  let body = '';
  for await (const chunk of request) {
    body += String(chunk);
    if (body.length > maxBytes) return undefined;
  }
  const chosen = new URLSearchParams(body).get('role');
  return roles.find((role) => role === chosen);
};

const say = speaking({
  title: { fr: 'Connexion de développement', en: 'Development sign-in' },
  choose: {
    fr: 'Choisissez un rôle. Cette page n’existe pas là où un vrai fournisseur d’identité est réglé.',
    en: 'Choose a role. This page does not exist where a real identity provider is configured.',
  },
});

/** The roles by name, each with what it is for; those who look around begin with the first. */
const choices: Readonly<Record<Role, { name: Text; does: Text }>> = {
  producer: {
    name: { fr: 'Producteur', en: 'Producer' },
    does: {
      fr: 'Voit les chiffres, écrit et publie les bulletins.',
      en: 'Sees the figures, writes and publishes bulletins.',
    },
  },
  agent: {
    name: { fr: 'Agent', en: 'Agent' },
    does: { fr: 'Traite les billets au bureau.', en: 'Works the tickets at the desk.' },
  },
  'mobile-team': {
    name: { fr: 'Équipe mobile', en: 'Mobile team' },
    does: {
      fr: 'Ouvre et résout des billets sur une tablette.',
      en: 'Opens and resolves tickets on a tablet.',
    },
  },
  auditor: {
    name: { fr: 'Auditeur', en: 'Auditor' },
    does: { fr: 'Lit le journal des accès.', en: 'Reads the access log.' },
  },
  operator: {
    name: { fr: 'Exploitant', en: 'Operator' },
    does: {
      fr: 'Suit le serveur, ses projections et ses tâches.',
      en: 'Watches the server, its projections and its jobs.',
    },
  },
};

const choicePage = (language: Language) =>
  html`<!doctype html>
    <html lang="${locales[language]}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${say(language)('title')} – Billets quotidiens</title>
        <link rel="stylesheet" href="/assets/tokens.css" />
        <link rel="stylesheet" href="/assets/board.css" />
      </head>
      <body>
        <main class="narrow">
          <h1>${say(language)('title')}</h1>
          <p>${say(language)('choose')}</p>
          <form method="post" class="roles">
            ${Object.entries(choices).map(
              ([role, { name, does }]) =>
                html`<button name="role" value="${role}" aria-describedby="${role}">${name[language]}</button>
                  <span id="${role}">${does[language]}</span>`,
            )}
          </form>
        </main>
      </body>
    </html>`;
