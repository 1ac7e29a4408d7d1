import { hash } from 'node:crypto';

const keyBytes = 32;

/** A master key with the name that is kept beside what it wraps. */
export interface LocalKey {
  id: string;
  key: Buffer;
}

/** What is expected of each, for a refusal. */
export const expectedKeys =
  'expected 32 bytes in base64 or hexadecimal, the current key first and older ones after it, with commas or line ends between; ' +
  'make one with «openssl rand -base64 32»';

/** Master keys from a setting or a file; undefined where there is none, or one is something else. */
export const parseKeys = (text: string): LocalKey[] | undefined => {
  const keys = text
    .split(/[\s,]+/)
    .filter((item) => item !== '')
    .map(keyFrom);
  return keys.length > 0 && keys.every((key) => key !== undefined) ? keys.map(named) : undefined;
};

const keyFrom = (text: string): Buffer | undefined => {
  const key = /^[0-9a-f]{64}$/i.test(text) ? Buffer.from(text, 'hex') : base64From(text);
  return key?.length === keyBytes ? key : undefined;
};

const base64From = (text: string): Buffer | undefined =>
  /^[\w+/-]{43}=?$/.test(text) ? Buffer.from(text, 'base64') : undefined;

/** Made from the key, one way: so that a wrong key is known by its name already. */
const named = (key: Buffer): LocalKey => ({
  id: `local:${hash('sha256', Buffer.concat([Buffer.from('master key'), key]), 'hex').slice(0, 16)}`,
  key,
});
