import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { settingNames } from '../../../src/config/settings.js';
import { project } from '../server/server-process.js';

/** The text of a file of this repository. */
export const textOf = (path: string): string => readFileSync(join(project, path), 'utf8');

export interface Service {
  image?: string;
  build?: { context: string; dockerfile: string };
  environment?: Record<string, string>;
  command?: string[];
  restart?: string;
  ports?: string[];
  volumes?: string[];
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { test: string[] };
}
interface Compose<Name extends string> {
  services: Record<Name, Service>;
  volumes: Record<string, unknown>;
}
/** A compose file with its anchors resolved. */
export const composeIn = <Name extends string>(path: string): Compose<Name> =>
  parse(textOf(path), { merge: true }) as Compose<Name>;

/** The variables that an operator sets to start the compose files. */
export const example: Record<string, string> = {
  POSTGRES_PASSWORD: 'secret',
  POSTGRES_OWNER_PASSWORD: 'concealed',
  POSTGRES_APPLICATION_PASSWORD: 'covert',
  MASTER_KEY: Buffer.alloc(32, 'example').toString('base64'),
  KURRENTDB_PASSWORD: 'hidden',
  OIDC_ISSUER: 'https://login.example',
  OIDC_AUDIENCE: 'billets',
};
/** Interpolates a value as Compose does, with these variables. Throws when a required variable is missing. */
const interpolated = (value: string, given: Record<string, string>) =>
  value.replaceAll(/\$\{(\w+):([-?])([^}]*)\}/g, (_, name: string, kind: string, rest: string) => {
    if (kind === '?' && given[name] === undefined) throw new Error(`${name}: ${rest}`);
    return given[name] ?? rest;
  });

/** The environment of a container of the service. */
export const environmentOf = ({ environment = {} }: Service, given = example): Record<string, string> =>
  Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, interpolated(value, given)]));

/** The settings that an operator does not choose: those of the image, those of the compose file, and those that need a mounted file. */
const notChosen = [
  ...['NODE_ENV', 'HOST', 'PORT'],
  ...['DATABASE_URL', 'MIGRATIONS_DATABASE_URL', 'EVENT_STORE_URL', 'ROLES'],
  ...['DATA_DIR', 'ESTABLISHMENTS_FILE', 'MASTER_KEY_FILE'],
  ...['VAULT_ADDR', 'VAULT_TOKEN_FILE', 'VAULT_TRANSIT_KEY'],
];
/** The settings that an operator may choose. */
export const chosen = settingNames.filter((name) => !notChosen.includes(name));

/** The settings that are passed on to a container of the service. */
export const passedOn = (service: Service): string[] =>
  chosen.filter((name) => environmentOf(service, { ...example, [name]: 'this one' })[name] === 'this one');
