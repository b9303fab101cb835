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

/** Returns a variable of the environment that the configuration of the feeds names; undefined when it is not set or empty. */
export function readVariable(name: string, env: NodeJS.ProcessEnv = process.env): string | undefined {
  const value = env[name];
  return value === '' ? undefined : value;
}

/** Whom the API serves, and how people are told. */
export type TellConfig = {
  /** OFFING_OPEN_READING: `1` lets everyone read who reaches the server, `0` no one without a key. */
  readonly openReading: boolean | undefined;
  /** OFFING_PUBLIC_URL: the address under which people reach the server, for links. No slash at its end. */
  readonly publicUrl: string | undefined;
  /** OFFING_CORS_ORIGINS: origins whose pages may read answers. */
  readonly corsOrigins: readonly string[];
  /** OFFING_FRAME_ANCESTORS: origins whose pages may show /embed/ in a frame, `*` for all, `'none'` for none; empty where nothing is said. */
  readonly frameAncestors: readonly string[];
  /** OFFING_CONTACT: whom to write to for a right of reply, an e-mail address or a page. */
  readonly contact: string | undefined;
  /** OFFING_TRUSTED_PROXIES: addresses of proxies that tell whom a request is from. */
  readonly trustedProxies: readonly string[];
  /** OFFING_ALLOW_TARGETS: `host:port` pairs that messages may reach although they are not public. */
  readonly allowedTargets: readonly string[];
  /** REDIS_URL: keeps the queue of deliveries and the rate limits in Redis. */
  readonly redisUrl: string | undefined;
  /** SMTP_URL and MAIL_FROM: how e-mail leaves. */
  readonly mail: { readonly smtpUrl: string; readonly from: string } | undefined;
};

/** Reads whom the API serves and how people are told; throws OffingError `config` that lists all its faults at once. */
export function readTellConfig(env: NodeJS.ProcessEnv = process.env): TellConfig {
  const valueOf = (name: string) => (env[name] === '' ? undefined : env[name]);
  const listOf = (name: string) => (valueOf(name) ?? '').split(',').flatMap((part) => part.trim() || []);
  const frameAncestors = listOf('OFFING_FRAME_ANCESTORS');
  const [smtpUrl, from] = [valueOf('SMTP_URL'), valueOf('MAIL_FROM')];
  const [publicUrl, redisUrl, open, contact] = [
    valueOf('OFFING_PUBLIC_URL')?.replace(/\/+$/, ''),
    valueOf('REDIS_URL'),
    valueOf('OFFING_OPEN_READING'),
    valueOf('OFFING_CONTACT'),
  ];
  // Values may hold passwords: they are not repeated.
  const faults = [
    ...(publicUrl === undefined || /^https?:\/\/[^\s@]+$/.test(publicUrl)
      ? []
      : ['OFFING_PUBLIC_URL is no address, expected https://offing.example.org']),
    ...(smtpUrl === undefined || /^smtps?:\/\//.test(smtpUrl)
      ? []
      : ['SMTP_URL is no address of a mail server, expected smtps://user:password@host']),
    ...(smtpUrl !== undefined && from === undefined ? ['SMTP_URL needs MAIL_FROM beside it'] : []),
    ...(redisUrl === undefined || /^rediss?:\/\//.test(redisUrl)
      ? []
      : ['REDIS_URL is no address of a Redis, expected redis://host:6379']),
    ...(contact === undefined || /^(https?:\/\/[^\s@]+|[^\s@<>,;:"?&]+@[^\s@?&]+)$/.test(contact)
      ? []
      : ['OFFING_CONTACT is neither an e-mail address nor the address of a page']),
    ...(frameAncestors.every(
      (one) => one === '*' || one === "'none'" || /^https?:\/\/[\w.:[\]*-]+$/.test(one),
    )
      ? []
      : ['OFFING_FRAME_ANCESTORS is no list of origins, expected https://news.example.org or *']),
    ...(open === undefined || open === '1' || open === '0' ? [] : ['OFFING_OPEN_READING is neither 1 nor 0']),
  ];
  if (faults.length > 0) throw new OffingError('config', faults.join('\n'));
  return {
    openReading: open === undefined ? undefined : open === '1',
    publicUrl,
    contact,
    corsOrigins: listOf('OFFING_CORS_ORIGINS'),
    frameAncestors,
    trustedProxies: listOf('OFFING_TRUSTED_PROXIES'),
    allowedTargets: listOf('OFFING_ALLOW_TARGETS'),
    redisUrl,
    mail: smtpUrl === undefined || from === undefined ? undefined : { smtpUrl, from },
  };
}

/** Where traces go, by the variables that OpenTelemetry names. */
export type TraceConfig = {
  /** OTEL_EXPORTER_OTLP_ENDPOINT: the base address of a collector that takes OTLP over HTTP. */
  readonly endpoint: string;
  /** OTEL_EXPORTER_OTLP_HEADERS: what is sent with each, as `name=value,name=value`, percent-encoded. */
  readonly headers: Readonly<Record<string, string>>;
  /** OTEL_SERVICE_NAME: `offing` unless it says otherwise. */
  readonly serviceName: string;
};

/** Reads where traces go, undefined for nowhere; throws OffingError `config` where the address is none. */
export function readTraceConfig(env: NodeJS.ProcessEnv = process.env): TraceConfig | undefined {
  const endpoint = env['OTEL_EXPORTER_OTLP_ENDPOINT'] ?? '';
  if (endpoint === '') return undefined;
  const pairs = (env['OTEL_EXPORTER_OTLP_HEADERS'] ?? '').split(',').flatMap((part) => part.trim() || []);
  const headers = pairs.map((pair) => /^([\w!#$%&'*+.^`|~-]+)=([^%]|%[0-9A-Fa-f]{2})*$/.exec(pair));
  // Values may hold passwords: they are not repeated.
  const faults = [
    ...(/^https?:\/\/[^\s@]+$/.test(endpoint) && URL.canParse(endpoint)
      ? []
      : ['OTEL_EXPORTER_OTLP_ENDPOINT is no address, expected http://127.0.0.1:4318']),
    ...(headers.includes(null)
      ? ['OTEL_EXPORTER_OTLP_HEADERS is no list, expected name=value,name=value']
      : []),
  ];
  if (faults.length > 0) throw new OffingError('config', faults.join('\n'));
  return {
    endpoint,
    headers: Object.fromEntries(
      pairs.map((pair) => {
        const at = pair.indexOf('=');
        return [pair.slice(0, at), decodeURIComponent(pair.slice(at + 1))];
      }),
    ),
    serviceName: env['OTEL_SERVICE_NAME'] || 'offing',
  };
}
