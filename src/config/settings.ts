import { z } from 'zod';
import { BadDatabaseUrl, parseDatabaseUrl } from './database-url.js';
import { isProduction, whyNoDevelopmentIssuer, whyNotEncrypted } from './development-issuer-rule.js';
import { inLanguage, textOfMessage } from '../shared/text/bilingual.js';
import { parseRetention, type RetentionRule } from '../shared/retention-policy.js';
import { isKurrentUrl } from './kurrent-url.js';
import { paperNames, type Paper } from '../shared/paper.js';
import { attachmentsUrl, clamdUrl } from './attachment-urls.js';
import { callerLimitsOf, limitSettings, type CallerLimits } from './request-limits.js';
import { processRoles, type ProcessRole } from './roles.js';
import { minSecretLength, whyWeak } from './secret-strength.js';
import { withSecretFiles } from './secret-files.js';
import { StartRefused } from './start-refused.js';
import { trustedProxies } from './trusted-proxies.js';

const isTimeZone = (name: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
};

const url = (...protocols: string[]) =>
  z.string().refine((value) => URL.canParse(value) && protocols.includes(new URL(value).protocol), {
    error: `expected a URL that begins with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
  });

/** What is wrong with the URL of a database; undefined where nothing is. */
const faultOf = (databaseUrl: string): string | undefined => {
  try {
    parseDatabaseUrl(databaseUrl);
    return undefined;
  } catch (error) {
    if (!(error instanceof BadDatabaseUrl)) throw error;
    return error.message;
  }
};

const databaseUrl = z.string().superRefine((value, context) => {
  const message = faultOf(value);
  if (message !== undefined) context.addIssue({ code: 'custom', message });
});

/** The first one is used, all are accepted: a new one goes before the old one, which is taken away once nobody uses it. */
const secretList = z
  .string()
  .transform((list) => list.split(/[\s,]+/).filter(Boolean))
  .pipe(
    z
      .array(
        z.string().min(minSecretLength, {
          error: `expected ${minSecretLength} characters or more, chosen at random`,
        }),
      )
      .min(1, { error: `expected ${minSecretLength} characters or more, chosen at random` }),
  );

/** A text that people read, in one line. */
const lineOf = (maxLength: number) => {
  const error = `expected one line of at most ${maxLength} characters`;
  return z
    .string()
    .trim()
    .min(1, { error })
    .max(maxLength, { error })
    .regex(/^[^\p{Cc}\u2028\u2029]*$/u, { error });
};

const wholeSeconds = z.coerce
  .number({ error: 'expected a whole number of seconds above 0' })
  .int({ error: 'expected a whole number of seconds above 0' })
  .positive({ error: 'expected a whole number of seconds above 0' });

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** Each of them takes up to 30 connections of PostgreSQL. */
const maxWorkers = 32;
const expectedWorkers = `expected a number of processes, 1 to ${maxWorkers}`;

/** Every setting, read from the environment variable of the same name. An empty variable counts as unset. */
const schema = z.object({
  PORT: z.coerce
    .number({ error: 'expected a port number, 0 to 65535' })
    .int({ error: 'expected a port number, 0 to 65535' })
    .min(0, { error: 'expected a port number, 0 to 65535' })
    .max(65_535, { error: 'expected a port number, 0 to 65535' })
    .default(3000),
  MANAGEMENT_PORT: z.coerce
    .number({ error: 'expected a port number, 0 to 65535' })
    .int({ error: 'expected a port number, 0 to 65535' })
    .min(0, { error: 'expected a port number, 0 to 65535' })
    .max(65_535, { error: 'expected a port number, 0 to 65535' })
    .optional(),
  MANAGEMENT_TOKEN: secretList.optional(),
  HOST: z.string().default('127.0.0.1'),
  DATABASE_URL: databaseUrl.optional(),
  EVENT_STORE_URL: z
    .string()
    .refine(isKurrentUrl, {
      error: 'expected a connection string of KurrentDB, which begins with kurrentdb://',
    })
    .optional(),
  MASTER_KEY: z.string().optional(),
  MASTER_KEY_FILE: z.string().optional(),
  KEYS_DATABASE_URL: databaseUrl.optional(),
  SIGNING_KEY: z.string().optional(),
  MIGRATIONS_DATABASE_URL: databaseUrl.optional(),
  KEYS_MIGRATIONS_DATABASE_URL: databaseUrl.optional(),
  VAULT_ADDR: url('https:', 'http:').optional(),
  VAULT_TOKEN_FILE: z.string().optional(),
  VAULT_TRANSIT_KEY: z
    .string()
    .regex(/^[\w./-]+\/[\w.-]+$/, {
      error: 'expected the mount of a transit engine and the name of a key in it, such as transit/billets',
    })
    .default('transit/billets-quotidiens'),
  WORKERS: z.coerce
    .number({ error: expectedWorkers })
    .int({ error: expectedWorkers })
    .min(1, { error: expectedWorkers })
    .max(maxWorkers, { error: expectedWorkers })
    .default(1),
  ROLES: processRoles.default(new Set(['api', 'projections'])),
  DATA_DIR: z.string().default('.data'),
  ESTABLISHMENTS_FILE: z.string().optional(),
  OIDC_ISSUER: url('https:', 'http:').optional(),
  OIDC_AUDIENCE: z.string().optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  PUBLIC_URL: url('https:', 'http:')
    .refine((value) => !URL.canParse(value) || new URL(value).href === `${new URL(value).origin}/`, {
      error: 'expected an address without a path, such as https://billets.example',
    })
    .optional(),
  SESSION_SECRET: secretList.optional(),
  TOKEN_MAX_LIFETIME_SECONDS: wholeSeconds.default(24 * 3600),
  OIDC_SCOPE: z
    .string()
    .refine((scope) => scope.split(' ').includes('openid'), {
      error: 'expected openid among the scopes, with spaces between',
    })
    .default('openid'),
  SESSION_LIFETIME_SECONDS: wholeSeconds.default(12 * 3600),
  SESSION_IDLE_SECONDS: wholeSeconds.default(4 * 3600),
  SESSION_RENEWAL_SECONDS: wholeSeconds.default(300),
  WALL_SCREEN_SECONDS: wholeSeconds.default(365 * 24 * 3600),
  READY_MAX_LAG_SECONDS: z.coerce
    .number({ error: 'expected a number of seconds above 0' })
    .positive({ error: 'expected a number of seconds above 0' })
    .default(60),
  LOG_LEVEL: z.enum(logLevels, { error: `expected one of ${logLevels.join(', ')}` }).default('info'),
  REPORTING_TIME_ZONE: z
    .string()
    .refine(isTimeZone, { error: 'expected an IANA time zone, such as America/Toronto' })
    .default('America/Toronto'),
  TICKETS_FOUR_DIGIT_GROUPING: z.stringbool({ error: 'expected true or false' }).default(false),
  BULLETINS: z.enum(['signed-in', 'open'], { error: 'expected signed-in or open' }).default('signed-in'),
  ORGANISATION: lineOf(120).optional(),
  BULLETIN_FOOTER: lineOf(300).optional(),
  LOGO_FILE: z.string().optional(),
  PAPER: z.enum(paperNames, { error: `expected ${paperNames.join(' or ')}` }).default('letter'),
  HEALTH_NUMBERS_IN_TITLES: z.enum(['refuse', 'warn'], { error: 'expected refuse or warn' }).default('warn'),
  RETENTION: z
    .string()
    .transform((list, context) => {
      const rules = parseRetention(list);
      if (!('fault' in rules)) return rules;
      context.addIssue({ code: 'custom', message: rules.fault });
      return z.NEVER;
    })
    .default([]),
  ATTACHMENTS_URL: attachmentsUrl.optional(),
  CLAMD_URL: clamdUrl.optional(),
  TRUST_PROXY: trustedProxies.optional(),
  ...limitSettings,
  NODE_ENV: z.string().optional(),
});

export const settingNames: readonly string[] = Object.keys(schema.shape);

/** The secrets that can stand in a file instead of the environment. */
const secretsInFiles: readonly string[] = [
  'DATABASE_URL',
  'EVENT_STORE_URL',
  'KEYS_DATABASE_URL',
  'SIGNING_KEY',
  'MANAGEMENT_TOKEN',
  'MIGRATIONS_DATABASE_URL',
  'KEYS_MIGRATIONS_DATABASE_URL',
  'OIDC_CLIENT_SECRET',
  'SESSION_SECRET',
  'ATTACHMENTS_URL',
];
/** Settings that may hold a password and are never shown. The master key's file is a setting of its own: keys are added to it. */
const secrets: ReadonlySet<string> = new Set([...secretsInFiles, 'MASTER_KEY']);

/** Where the keys of confidential texts are, and what they are wrapped with. Plain data: it goes to a thread, too. */
export interface KeySettings {
  /** Master keys, current first. */
  masterKey: string | undefined;
  /** A file that holds them. Neither: made once, in dataDir, beside the embedded database and only there. */
  masterKeyFile: string | undefined;
  /** Unset: beside the read models. */
  databaseUrl: string | undefined;
  /** That database, as the owner of what is in it. */
  migrationsUrl: string | undefined;
  /** A HashiCorp Vault wraps them instead; `key` is mount/name of its transit engine. */
  vault: { address: string; tokenFile: string; key: string } | undefined;
}

export interface Settings {
  port: number;
  host: string;
  /** Where operators find metrics, readiness and documentation. Unset: beside everything else. */
  managementPort: number | undefined;
  /** Any of them lets operators see these, as a bearer token. Empty: they need none. */
  managementTokens: readonly string[];
  /** Unset: the embedded PostgreSQL. */
  databaseUrl: string | undefined;
  /** The same database, as the owner of what is in it. Unset: the role of `databaseUrl` owns it. */
  migrationsUrl: string | undefined;
  /** A KurrentDB. Unset: events live in the same PostgreSQL. */
  eventStoreUrl: string | undefined;
  keys: KeySettings;
  /** Private keys in PEM that bulletins are signed with, current first. Unset: made once, in dataDir, beside the embedded database. */
  signingKey: string | undefined;
  /** Texts stand in the log as they were written. Only benchmarks do so, to see what encrypting them costs. */
  plainTexts: boolean;
  /** Each access to a ticket is logged. Only benchmarks do without, to see what it costs. */
  logsAccesses: boolean;
  /** What one person may be shown, or be refused, in an hour before an alert is raised; 0: any number. */
  accessAlerts: { tickets: number; refusals: number };
  /** Processes that answer requests on one port; 1: this process does what there is to do, as it always does without the role api. */
  workers: number;
  /** What this process does; never empty. */
  roles: ReadonlySet<ProcessRole>;
  dataDir: string;
  /** Begin with an empty embedded database, whatever is in dataDir. */
  freshData: boolean;
  /** Unset: the list carried with the product. */
  establishmentsFile: string | undefined;
  /** Unset: the built-in development issuer, where it may exist. */
  oidc:
    | { issuer: string; audience: string; client?: { id: string; secret: string | undefined; scope: string } }
    | undefined;
  /** Where people reach the board. Unset: where it serves. */
  publicUrl: string | undefined;
  /** What the cookies of those who signed in are encrypted with, by the first; any opens them. Unset: one that ends with the process. */
  sessionSecrets: readonly string[] | undefined;
  /** How long people stay signed in with a browser, and screens on walls. */
  sessions: {
    lifetimeSeconds: number;
    idleSeconds: number;
    renewalSeconds: number;
    wallScreenSeconds: number;
  };
  /** A bearer token that is good for longer is refused. */
  tokenMaxLifetimeSeconds: number;
  /** A projection that lags more makes the process unready. */
  readyMaxLagSeconds: number;
  /** Requests a second of one caller, on average over ten seconds; 0: nothing is limited. */
  rateLimit: number;
  /** Addresses and ranges of the proxies whose X-Forwarded-For is believed. Unset: nobody's is. */
  trustedProxies: readonly string[] | undefined;
  limits: CallerLimits;
  /** Of each address that is listened on; 0: any number. */
  maxConnections: number;
  /** How long texts are kept, by status; none: nothing is erased by itself. */
  retention: readonly RetentionRule[];
  /** A bucket of an S3-compatible store, with its key. Unset: a folder in dataDir. */
  attachmentsUrl: string | undefined;
  /** ClamAV's daemon, which looks at files before they are given. Unset: nobody does. */
  clamdUrl: string | undefined;
  logLevel: (typeof logLevels)[number];
  /** The demo's alone. Unset: the log goes to standard error, from where a service's manager keeps it. */
  logFile: string | undefined;
  reportingTimeZone: string;
  /** Bulletins print «1 107» tickets instead of «1107». */
  groupFourDigits: boolean;
  /** Whoever asks may read what was published, without signing in. */
  openBulletins: boolean;
  /** Who publishes bulletins, what they print at the foot of each sheet, and the file of their logo. */
  letterhead: Record<'organisation' | 'foot' | 'logoFile', string | undefined>;
  /** What everything is printed on. */
  paper: Paper;
  /** A title with a health insurance number is refused, or taken with a warning. */
  healthNumbersInTitles: 'refuse' | 'warn';
  /** Why the development issuer does not exist here, in words that follow «does not exist»; undefined: it may. */
  noDevelopmentIssuer: string | undefined;
  production: boolean;
}

/** Settings from an environment. Throws StartRefused with one line that names the first bad setting and says what is expected. */
export const readSettings = (environment: Record<string, string | undefined>): Settings => {
  const values = parse(environment);
  assertSettingsFit(values);
  return {
    port: values.PORT,
    managementPort: values.MANAGEMENT_PORT,
    managementTokens: values.MANAGEMENT_TOKEN ?? [],
    host: values.HOST,
    databaseUrl: values.DATABASE_URL,
    migrationsUrl: values.MIGRATIONS_DATABASE_URL,
    eventStoreUrl: values.EVENT_STORE_URL,
    keys: keysOf(values),
    signingKey: values.SIGNING_KEY,
    plainTexts: false,
    logsAccesses: true,
    accessAlerts: { tickets: values.ACCESS_ALERT_TICKETS, refusals: values.ACCESS_ALERT_REFUSALS },
    workers: values.ROLES.has('api') ? values.WORKERS : 1,
    roles: values.ROLES,
    dataDir: values.DATA_DIR,
    freshData: false,
    establishmentsFile: values.ESTABLISHMENTS_FILE,
    oidc: oidcOf(values),
    publicUrl: values.PUBLIC_URL && new URL(values.PUBLIC_URL).origin,
    sessionSecrets: values.SESSION_SECRET,
    sessions: sessionsOf(values),
    tokenMaxLifetimeSeconds: values.TOKEN_MAX_LIFETIME_SECONDS,
    readyMaxLagSeconds: values.READY_MAX_LAG_SECONDS,
    rateLimit: values.RATE_LIMIT,
    trustedProxies: values.TRUST_PROXY,
    limits: callerLimitsOf(values),
    maxConnections: values.MAX_CONNECTIONS,
    retention: values.RETENTION,
    attachmentsUrl: values.ATTACHMENTS_URL,
    clamdUrl: values.CLAMD_URL,
    logLevel: values.LOG_LEVEL,
    logFile: undefined,
    reportingTimeZone: values.REPORTING_TIME_ZONE,
    groupFourDigits: values.TICKETS_FOUR_DIGIT_GROUPING,
    paper: values.PAPER,
    openBulletins: values.BULLETINS === 'open',
    letterhead: {
      organisation: values.ORGANISATION,
      foot: values.BULLETIN_FOOTER,
      logoFile: values.LOGO_FILE,
    },
    healthNumbersInTitles: values.HEALTH_NUMBERS_IN_TITLES,
    noDevelopmentIssuer: whyNoIssuerIn(values),
    production: isProduction(values.NODE_ENV),
  };
};

type Values = z.output<typeof schema>;

/** Each setting by itself. Throws StartRefused. */
const parse = (processEnvironment: Record<string, string | undefined>): Values => {
  const environment = withSecretFiles(processEnvironment, secretsInFiles);
  const given = Object.fromEntries(
    settingNames.flatMap((name) => (environment[name] ? [[name, environment[name]]] : [])),
  );
  for (const [name, value] of Object.entries<string>(given)) {
    // What Node puts in the place of bytes that are no UTF-8: a password or a path with it is another one.
    if (value.includes('\uFFFD')) throw new StartRefused(`${name}: expected text in UTF-8`);
  }
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const name = String(issue?.path[0]);
    const reason = `${name}: ${issue ? inLanguage(textOfMessage(issue.message), 'en') : 'not acceptable'}`;
    throw new StartRefused(secrets.has(name) ? reason : `${reason}, not ${JSON.stringify(given[name])}`);
  }
  return parsed.data;
};

/** What settings ask of each other. Throws StartRefused. */
const assertSettingsFit = (values: Values): void => {
  if (values.OIDC_ISSUER && !values.OIDC_AUDIENCE) {
    throw new StartRefused(
      'OIDC_AUDIENCE: missing; expected the audience that tokens of OIDC_ISSUER are made for',
    );
  }
  for (const name of ['OIDC_ISSUER', 'PUBLIC_URL', 'SESSION_SECRET'] as const) {
    if (values.OIDC_CLIENT_ID && !values[name]) {
      throw new StartRefused(`${name}: missing; people sign in with OIDC_CLIENT_ID only where it is set too`);
    }
  }
  for (const name of ['DATABASE_URL', 'KEYS_DATABASE_URL'] as const) {
    const owner = name === 'DATABASE_URL' ? 'MIGRATIONS_DATABASE_URL' : 'KEYS_MIGRATIONS_DATABASE_URL';
    if (values[owner] && !values[name]) {
      throw new StartRefused(`${name}: missing; expected the same database as ${owner}, under another role`);
    }
  }
  if (values.VAULT_ADDR && !values.VAULT_TOKEN_FILE) {
    throw new StartRefused(
      'VAULT_TOKEN_FILE: missing; expected the file with the token that VAULT_ADDR is asked with',
    );
  }
  for (const name of ['OIDC_ISSUER', 'PUBLIC_URL'] as const) {
    const reason = values[name] && whyNotEncrypted(values[name], values.NODE_ENV);
    if (reason) throw new StartRefused(`${name}: ${reason}, not ${JSON.stringify(values[name])}`);
  }
  // Where anyone can be anyone a weak one protects no less.
  const isDevelopment = whyNoIssuerIn(values) === undefined && !values.OIDC_ISSUER;
  for (const name of ['SESSION_SECRET', 'MANAGEMENT_TOKEN'] as const) {
    const weakness = isDevelopment ? undefined : values[name]?.map(whyWeak).find(Boolean);
    if (weakness) throw new StartRefused(`${name}: ${weakness}`);
  }
};

const whyNoIssuerIn = (values: Values): string | undefined =>
  whyNoDevelopmentIssuer({
    nodeEnv: values.NODE_ENV,
    host: values.HOST,
    databaseUrl: values.DATABASE_URL,
    eventStoreUrl: values.EVENT_STORE_URL,
    publicUrl: values.PUBLIC_URL,
  });

const keysOf = (values: Values): KeySettings => ({
  masterKey: values.MASTER_KEY,
  masterKeyFile: values.MASTER_KEY_FILE,
  databaseUrl: values.KEYS_DATABASE_URL,
  migrationsUrl: values.KEYS_MIGRATIONS_DATABASE_URL,
  vault:
    values.VAULT_ADDR && values.VAULT_TOKEN_FILE
      ? { address: values.VAULT_ADDR, tokenFile: values.VAULT_TOKEN_FILE, key: values.VAULT_TRANSIT_KEY }
      : undefined,
});

const oidcOf = (values: Values): Settings['oidc'] => {
  if (!values.OIDC_ISSUER || !values.OIDC_AUDIENCE) return undefined;
  const { OIDC_CLIENT_ID: id, OIDC_CLIENT_SECRET: secret, OIDC_SCOPE: scope } = values;
  const client = id ? { client: { id, secret, scope } } : {};
  return { issuer: values.OIDC_ISSUER, audience: values.OIDC_AUDIENCE, ...client };
};

const sessionsOf = (values: Values): Settings['sessions'] => ({
  lifetimeSeconds: values.SESSION_LIFETIME_SECONDS,
  idleSeconds: values.SESSION_IDLE_SECONDS,
  renewalSeconds: values.SESSION_RENEWAL_SECONDS,
  wallScreenSeconds: values.WALL_SCREEN_SECONDS,
});

/** Throws StartRefused where there is no issuer at all, and so nobody could ever be let in. For what serves sign-in alone. */
export const requireIssuer = ({
  oidc,
  noDevelopmentIssuer,
}: Pick<Settings, 'oidc' | 'noDevelopmentIssuer'>): void => {
  if (oidc || noDevelopmentIssuer === undefined) return;
  throw new StartRefused(
    `OIDC_ISSUER: missing; expected your identity provider's issuer URL, since the development issuer does not exist ${noDevelopmentIssuer}`,
  );
};
