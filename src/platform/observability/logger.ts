import { format } from 'node:util';
import type { LoggerService } from '@nestjs/common';
import { pino, type Logger } from 'pino';
import { StartRefused } from '../../config/start-refused.js';
import { messageOf } from '../../shared/message-of.js';
import { openPrivately } from '../files/private-file.js';
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

/** Where log lines go, and from which level on. Plain data: it goes to a thread, too. */
export interface LoggerSettings {
  logLevel: string;
  /** Unset: standard error. */
  logFile?: string | undefined;
}

/**
 * JSON lines on standard error, where standard output is for what a person or a script asked for; or at the end of a file, where the
 * terminal is for people alone.
 */
export const createLogger = ({ logLevel: level, logFile }: LoggerSettings): Logger => {
  const destination = pino.destination({ dest: logFile === undefined ? 2 : endOf(logFile), sync: false });
  // Writing to a terminal that was closed fails (EIO), which is no reason to end the process.
  destination.on('error', () => undefined);
  return pino({ level, serializers }, destination);
};

/** The file, open to be written at its end; for its owner's eyes only. Throws StartRefused. */
const endOf = (file: string): number => {
  try {
    return openPrivately(file);
  } catch (cause) {
    throw new StartRefused(
      `the log ${file} can't be written: ${messageOf(cause)}; set DATA_DIR to a folder that this user can write in`,
      { cause },
    );
  }
};

/** Logs what libraries print on the console, which would stand among what is for people. */
export const logConsole = (logger: Logger): void => {
  for (const level of ['debug', 'info', 'warn', 'error'] as const)
    console[level] = (...printed: unknown[]) => logger[level](format(...printed));
  console.log = console.info;
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
