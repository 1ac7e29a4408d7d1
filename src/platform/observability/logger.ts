import type { LoggerService } from '@nestjs/common';
import { pino, type Logger } from 'pino';

/** What the logger is provided as: pino's is a type, which nothing can be provided as. */
export const LOGGER = Symbol('logger');

/** JSON lines on standard error: standard output is for what a person or a script asked for. */
export const createLogger = (level: string): Logger => {
  const destination = pino.destination({ dest: 2, sync: false });
  // A terminal that was closed takes nothing more (EIO), which is no reason to end by an error.
  destination.on('error', () => undefined);
  return pino({ level, redact: ['req.headers.authorization'] }, destination);
};

/** Nest's own messages: its account of every module and route is for debugging. */
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
