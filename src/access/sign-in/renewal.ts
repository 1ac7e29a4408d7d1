import {
  fetchUserInfo,
  refreshTokenGrant,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
  type Configuration,
} from 'openid-client';
import { principalOfClaims } from '../claims.js';
import type { Principal } from '../permissions.js';

/** What the identity provider gave at sign-in: to tell it who signs out, and to ask it again what they may. */
export interface TokenSet {
  idToken?: string | undefined;
  refreshToken?: string | undefined;
}

/** What came of asking the identity provider again. */
export type Renewal =
  | { outcome: 'renewed'; principal: Principal; tokens: TokenSet }
  /** The person is not known, not let in, or someone else by now. */
  | { outcome: 'refused' }
  /** Nobody knows: it can't be reached, or answers what is no answer. */
  | { outcome: 'away' };

/** Asks the identity provider what a person may do by now. */
export const renewFrom = async (
  configuration: Configuration,
  refreshToken: string,
  person: string,
): Promise<Renewal> => {
  try {
    const answer = await refreshTokenGrant(configuration, refreshToken);
    // A provider need not give another ID token; who it is about can then be asked.
    const claims = answer.claims() ?? (await fetchUserInfo(configuration, answer.access_token, person));
    const principal = principalOfClaims(claims);
    if (principal?.id !== person) return { outcome: 'refused' };
    const tokens: TokenSet = {
      ...(answer.id_token === undefined ? {} : { idToken: answer.id_token }),
      ...(answer.refresh_token === undefined ? {} : { refreshToken: answer.refresh_token }),
    };
    return { outcome: 'renewed', principal, tokens };
  } catch (error) {
    return { outcome: isRefusal(error) ? 'refused' : 'away' };
  }
};

/** Too many requests, or one that took too long, say nothing of the person. */
const saysNothing = [408, 429];

const isRefusal = (error: unknown): boolean =>
  (error instanceof ResponseBodyError || error instanceof WWWAuthenticateChallengeError) &&
  error.status >= 400 &&
  error.status < 500 &&
  !saysNothing.includes(error.status);
