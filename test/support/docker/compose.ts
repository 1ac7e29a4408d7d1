import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { settingNames } from '../../../src/config/settings.js';
import { project } from '../server/server-process.js';

/** A file of this repository. */
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
/** A compose file, its anchors followed. */
export const composeIn = <Name extends string>(path: string): Compose<Name> =>
  parse(textOf(path), { merge: true }) as Compose<Name>;

/** What whoever starts it sets. */
export const example: Record<string, string> = {
  POSTGRES_PASSWORD: 'secret',
  KURRENTDB_PASSWORD: 'hidden',
  OIDC_ISSUER: 'https://login.example',
  OIDC_AUDIENCE: 'billets',
};
/** What Compose makes of a value, given these variables. Throws where one is required that they lack. */
const interpolated = (value: string, given: Record<string, string>) =>
  value.replaceAll(/\$\{(\w+):([-?])([^}]*)\}/g, (_, name: string, kind: string, rest: string) => {
    if (kind === '?' && given[name] === undefined) throw new Error(`${name}: ${rest}`);
    return given[name] ?? rest;
  });

/** What a container of the service finds in its environment. */
export const environmentOf = ({ environment = {} }: Service, given = example): Record<string, string> =>
  Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, interpolated(value, given)]));

/** What the image sets, what a compose file makes itself, and what would need a file mounted, too. */
const notChosen = [
  ...['NODE_ENV', 'HOST', 'PORT'],
  ...['DATABASE_URL', 'EVENT_STORE_URL', 'ROLES'],
  ...['DATA_DIR', 'ESTABLISHMENTS_FILE'],
];
/** The settings that whoever starts it may choose. */
export const chosen = settingNames.filter((name) => !notChosen.includes(name));

/** The settings that get through to a container of the service. */
export const passedOn = (service: Service): string[] =>
  chosen.filter((name) => environmentOf(service, { ...example, [name]: 'this one' })[name] === 'this one');
