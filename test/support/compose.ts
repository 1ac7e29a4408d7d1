import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { project } from './server-process.js';

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
/** What Compose makes of a value, given the example's variables. Throws where one is required that the example lacks. */
const interpolated = (value: string) =>
  value.replaceAll(/\$\{(\w+):([-?])([^}]*)\}/g, (_, name: string, kind: string, rest: string) => {
    if (kind === '?' && example[name] === undefined) throw new Error(`${name}: ${rest}`);
    return example[name] ?? rest;
  });

/** What a container of the service finds in its environment. */
export const environmentOf = ({ environment = {} }: Service): Record<string, string> =>
  Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, interpolated(value)]));
