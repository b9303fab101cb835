import pino, { type Logger } from 'pino';

/** Levels of the log, least first. */
export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** A level of the log. */
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Returns a logger that writes one JSON object a line to standard error; a line is a constant message plus fields, never a payload or a secret. */
export function makeLogger(name: string, level: LogLevel): Logger {
  return pino({ name, level }, pino.destination({ dest: 2, sync: true }));
}
