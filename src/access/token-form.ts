import type { JWTHeaderParameters, JWTPayload } from 'jose';

/** Longer than any real one, and shorter than what Node takes for headers: nothing is decoded of what is longer. */
const maxTokenLength = 8_192;

/** Three parts in base64url without padding, as written once: any other writing of the same bytes is refused. */
const compact = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/** Whether it can be a signed token at all. */
export const isCompact = (token: string): boolean => token.length <= maxTokenLength && compact.test(token);

/** `application/` may stand before each; without a `typ` a token is taken for one of these, as many issuers mean it. */
const accessTokenTypes = ['at+jwt', 'jwt'];

/**
 * Claims that only tokens for another use have: what a browser was told of who signed in (ID tokens, OpenID Connect Core 2), or that
 * they signed out, is no key to the API though the same issuer signed it. Where a `typ` stands among the claims (Keycloak), it says so.
 */
const foreignClaims = ['nonce', 'at_hash', 'c_hash', 's_hash', 'events'];
const foreignTypes = ['ID', 'Refresh', 'Offline', 'Logout'];

/** Why a token that the issuer signed is not one for us; undefined where it is. */
export const faultOfUse = (
  { typ }: Pick<JWTHeaderParameters, 'typ'>,
  payload: JWTPayload,
): string | undefined => {
  if (typ !== undefined && !isAccessTokenType(typ)) return 'the token is of another type than at+jwt or JWT';
  const isForeign =
    foreignClaims.some((name) => name in payload) || foreignTypes.includes(String(payload.typ));
  return isForeign ? 'the token is for another use than this API, such as an ID token' : undefined;
};

const isAccessTokenType = (typ: unknown): boolean =>
  typeof typ === 'string' && accessTokenTypes.includes(typ.toLowerCase().replace(/^application\//, ''));

export interface TimeRules {
  now: number;
  toleranceSeconds: number;
  maxLifetimeSeconds: number;
}

/** Why the times of a token that has not expired are not to be trusted; undefined where they are. All are seconds since 1970. */
export const faultOfTimes = (
  { exp = Infinity, iat }: JWTPayload,
  { now, toleranceSeconds, maxLifetimeSeconds }: TimeRules,
): string | undefined => {
  if (iat !== undefined && !Number.isFinite(iat)) return '"iat" claim must be a number';
  if (iat !== undefined && iat > now + toleranceSeconds) return '"iat" claim is in the future';
  // One that does not say since when may be no longer than that from now on.
  const lifetime = exp - (iat ?? now);
  return lifetime > maxLifetimeSeconds + (iat === undefined ? toleranceSeconds : 0)
    ? `the token is good for longer than ${maxLifetimeSeconds} s`
    : undefined;
};

/** Whether a name stands twice in an object of the header or the claims: which of the two counts, readers disagree about. */
export const hasNameTwice = (token: string): boolean =>
  token
    .split('.', 2)
    .map((part) => Buffer.from(part, 'base64url').toString())
    .some((json) => namesWritten(json) !== namesKept(JSON.parse(json)));

/** Every string is stepped over whole, so that what looks like a name inside of one is none. */
const namesWritten = (json: string): number =>
  [...json.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?/g)].filter(([, colon]) => colon !== undefined).length;

const namesKept = (value: unknown): number => {
  if (typeof value !== 'object' || value === null) return 0;
  const inside = Object.values(value).reduce<number>((sum, member) => sum + namesKept(member), 0);
  return inside + (Array.isArray(value) ? 0 : Object.keys(value).length);
};
