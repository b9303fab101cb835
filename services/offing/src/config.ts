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
