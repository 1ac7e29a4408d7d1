import { z } from 'zod';

const countFrom0 = z.coerce
  .number({ error: 'expected a whole number, 0 for no limit' })
  .int({ error: 'expected a whole number, 0 for no limit' })
  .min(0, { error: 'expected a whole number, 0 for no limit' });

/** The settings of what one caller, or all of them, may do, and of what auditors are alerted of; all generous, 0 for no limit. */
export const limitSettings = {
  RATE_LIMIT: countFrom0.default(1_000),
  RATE_LIMIT_EXPORTS: countFrom0.default(20),
  RATE_LIMIT_REFUSED_TOKENS: countFrom0.default(50),
  RATE_LIMIT_SIGN_INS: countFrom0.default(30),
  RATE_LIMIT_BYTES: countFrom0.default(32_000_000),
  MAX_LIVE_CONNECTIONS: countFrom0.default(1_000),
  MAX_WAITING_READS: countFrom0.default(500),
  MAX_CONNECTIONS: countFrom0.default(20_000),
  ACCESS_ALERT_TICKETS: countFrom0.default(1_000),
  ACCESS_ALERT_REFUSALS: countFrom0.default(100),
};

/** What one caller may do beside their requests; 0: as much as they like. */
export interface CallerLimits {
  /** Tables and pages of paper a second, on average over ten; the next three likewise. */
  exports: number;
  /** By address: whose token is missing or refused is nobody. */
  refusedTokens: number;
  signIns: number;
  bytes: number;
  /** Live connections at once. */
  live: number;
  /** Reads at once that wait for a position. */
  waiting: number;
}

type Values = z.output<z.ZodObject<typeof limitSettings>>;

export const callerLimitsOf = (values: Values): CallerLimits => ({
  exports: values.RATE_LIMIT_EXPORTS,
  refusedTokens: values.RATE_LIMIT_REFUSED_TOKENS,
  signIns: values.RATE_LIMIT_SIGN_INS,
  bytes: values.RATE_LIMIT_BYTES,
  live: values.MAX_LIVE_CONNECTIONS,
  waiting: values.MAX_WAITING_READS,
});
