import { LOG_LEVELS, OffingError, type LogLevel } from '@offing/kit';

/** What commands take from the environment. */
export type CommandConfig = {
  /** PostgreSQL to use instead of the embedded one. */
  readonly databaseUrl: string | undefined;
};

/** Reads the environment of a command; an empty DATABASE_URL counts as none. */
export function readCommandConfig(env: NodeJS.ProcessEnv = process.env): CommandConfig {
  const databaseUrl = env['DATABASE_URL'];
  return { databaseUrl: databaseUrl === '' ? undefined : databaseUrl };
}

/** What the service takes from the environment. */
export type ServeConfig = CommandConfig & {
  /** LOG_LEVEL: what is logged, `warn` and above unless it says otherwise. */
  readonly logLevel: LogLevel;
};

/** Reads the environment of the service; throws OffingError `config` that lists all its faults at once. */
export function readServeConfig(env: NodeJS.ProcessEnv = process.env): ServeConfig {
  const level = env['LOG_LEVEL'] ?? '';
  const logLevel = level === '' ? 'warn' : LOG_LEVELS.find((known) => known === level);
  const faults = [
    ...(logLevel === undefined ? [`LOG_LEVEL is "${level}", expected one of ${LOG_LEVELS.join(', ')}`] : []),
    ...databaseFaults(env['DATABASE_URL'] ?? ''),
  ];
  if (faults.length > 0 || logLevel === undefined) throw new OffingError('config', faults.join('\n'));
  return { ...readCommandConfig(env), logLevel };
}

function databaseFaults(text: string): string[] {
  if (text === '' || /^postgres(ql)?:\/\//.test(text)) return [];
  // The value may hold a password: it is not repeated.
  return ['DATABASE_URL is no PostgreSQL address, expected postgresql://user@host:5432/database'];
}

/** Returns whether OFFING_DEBUG asks for the stack of a fault. */
export function readDebugConfig(env: NodeJS.ProcessEnv = process.env): boolean {
  return env['OFFING_DEBUG'] === '1';
}
