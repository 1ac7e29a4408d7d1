import { userInfo } from 'node:os';
import { createLogger } from '../../platform/observability/logger.js';
import { SecurityLog, type RecordSecurity } from '../../platform/observability/security-log.js';

/** Who runs the command, as the machine names them: by number where they have no name, as in many containers. */
export const ownAccount = (): string => {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? 'unknown');
  }
};

/** Records the security events of a command, on standard error as a server does. */
export const recordedAsAccount = (): RecordSecurity =>
  new SecurityLog(createLogger({ logLevel: 'info' })).by(`account ${ownAccount()}`);
