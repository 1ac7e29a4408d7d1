import { readFileSync } from 'node:fs';
import { messageOf } from '../shared/message-of.js';
import { StartRefused } from './start-refused.js';

type Environment = Record<string, string | undefined>;

/**
 * The environment with each secret that `NAME_FILE` names a file for read from there: what an orchestrator mounts is in no list of
 * processes and in no dump of an environment. A line end at the end of the file is not part of the secret. Throws StartRefused where
 * both are set, and where the file can't be read or is empty.
 */
export const withSecretFiles = (environment: Environment, names: readonly string[]): Environment => {
  const read = names.flatMap((name) => {
    const path = environment[fileSetting(name)];
    if (!path) return [];
    if (environment[name]) throw new StartRefused(`${fileSetting(name)}: expected alone, not beside ${name}`);
    return [[name, secretIn(path, name)] as const];
  });
  return { ...environment, ...Object.fromEntries(read) };
};

const fileSetting = (name: string): string => `${name}_FILE`;

const secretIn = (path: string, name: string): string => {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path)).replace(/\r?\n$/, '');
  } catch (error) {
    throw new StartRefused(`${fileSetting(name)}: expected a file with the secret: ${messageOf(error)}`);
  }
  if (text === '')
    throw new StartRefused(`${fileSetting(name)}: expected a file with the secret, not an empty one`);
  return text;
};
