import { issueDevelopmentToken, type Role } from '../../access/core.js';
import { readSettings } from '../../config/settings.js';
import { StartRefused } from '../../config/start-refused.js';

interface OwnTokenRequest {
  subject: string;
  roles: Role[];
  establishments: string[];
}

/**
 * A token of the development issuer, for a command that was given none. Throws StartRefused where that issuer is not in use: the
 * command itself signs nobody in, and needs no setting of sign-in, only a token.
 */
export const ownToken = (request: OwnTokenRequest): Promise<string> => {
  const settings = readSettings(process.env);
  const { oidc, noDevelopmentIssuer } = settings;
  if (oidc || noDevelopmentIssuer !== undefined) {
    const issuer = oidc?.issuer ?? 'the identity provider that the server trusts';
    throw new StartRefused(`--token: missing; expected a token of ${issuer}`);
  }
  return issueDevelopmentToken(request, settings);
};
