import type { LoggerService } from '@nestjs/common';
import { pino, type Logger } from 'pino';
import { safeError } from './safe-error.js';

/** The injection token of the logger: pino's Logger is only a type, which Nest can't inject by. */
export const LOGGER = Symbol('logger');

/** No query, no text that people wrote, no token: whatever a library hands over as an error, a request or an answer. */
const serializers = {
  err: (error: unknown) => safeError(error),
  error: (error: unknown) => safeError(error),
  req: ({ method, routeOptions }: { method?: string; routeOptions?: { url?: string } }) => ({
    method,
    route: routeOptions?.url ?? 'none',
  }),
  res: ({ statusCode }: { statusCode?: number }) => ({ statusCode }),
};

/** JSON lines on standard error: standard output is for what a person or a script asked for. */
export const createLogger = (level: string): Logger => {
  const destination = pino.destination({ dest: 2, sync: false });
  // Writing to a terminal that was closed fails (EIO), which is no reason to end the process.
  destination.on('error', () => undefined);
  return pino({ level, serializers }, destination);
};

/** Nest's own messages. Its `log` lines, which list every module and route, are logged at level debug. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, context?: string): void {
    this.logger.debug({ context }, String(message));
  }
  debug(message: unknown, context?: string): void {
    this.logger.debug({ context }, String(message));
  }
  verbose(message: unknown, context?: string): void {
    this.logger.trace({ context }, String(message));
  }
  warn(message: unknown, context?: string): void {
    this.logger.warn({ context }, String(message));
  }
  error(message: unknown, stack?: string, context?: string): void {
    this.logger.error({ context, stack }, String(message));
  }
  fatal(message: unknown, stack?: string, context?: string): void {
    this.logger.fatal({ context, stack }, String(message));
  }
}
