import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const SERVICES = ['offing', 'postgres', 'redis'] as const;

/** What of a service in docker-compose.yml the tests look at. */
type Service = {
  readonly read_only?: boolean;
  readonly privileged?: boolean;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly secrets?: readonly string[];
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
};
type Compose = {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
  readonly secrets: Readonly<Record<string, unknown>>;
};

describe('docker-compose.yml', () => {
  let compose: Compose;

  beforeAll(async () => {
    const text = await readFile(join(ROOT, 'docker-compose.yml'), 'utf8');
    compose = parse(text, { strict: true, merge: true }) as Compose;
  });

  test('holds the service, its database and Redis', () => {
    expect(Object.keys(compose.services).sort()).toEqual([...SERVICES]);
  });

  test.each(SERVICES)('runs %s without rights it does not need, and knows whether it is well', (name) => {
    const service = compose.services[name];
    expect(service.read_only).toBe(true);
    expect(service.cap_drop).toEqual(['ALL']);
    expect(service.security_opt).toContain('no-new-privileges:true');
    expect(service.privileged).toBeUndefined();
    expect(service.healthcheck?.test[0]).toBe('CMD');
  });

  test('publishes nothing beyond this machine, and no database', () => {
    const ports = SERVICES.flatMap((name) => compose.services[name].ports ?? []);
    expect(ports).toEqual(['127.0.0.1:8080:8080']);
  });

  test('declares every volume and secret that a service names', () => {
    const services = Object.values(compose.services);
    const volumes = services.flatMap(({ volumes: named }) => (named ?? []).map((text) => text.split(':')[0]));
    expect([...new Set(volumes)].sort()).toEqual(Object.keys(compose.volumes).sort());
    expect(services.flatMap(({ secrets }) => secrets ?? [])).toEqual(Object.keys(compose.secrets));
  });

  test('holds no password, and refuses to start without one', async () => {
    const text = await readFile(join(ROOT, 'docker-compose.yml'), 'utf8');
    expect(compose.services['offing'].environment?.['DATABASE_URL']).toContain(':${POSTGRES_PASSWORD:?');
    expect(text).not.toMatch(/POSTGRES_PASSWORD:\s/);
  });

  test('starts the service when the database answers, and asks it at /readyz', () => {
    const { depends_on: waitsFor, healthcheck, command } = compose.services['offing'];
    expect(waitsFor).toEqual({ postgres: { condition: 'service_healthy' } });
    expect(healthcheck?.test.slice(1, 3)).toEqual(['node', '-e']);
    expect(healthcheck?.test[3]).toContain('/readyz');
    expect(() => new Script(healthcheck?.test[3] ?? ')')).not.toThrow();
    expect(command).toEqual(['serve', '--host', '0.0.0.0']);
  });
});

describe('Dockerfile', () => {
  let lines: readonly string[];

  beforeAll(async () => {
    const text = await readFile(join(ROOT, 'Dockerfile'), 'utf8');
    lines = text
      .replaceAll(/\\\n\s*/g, '')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
  });

  test('ends as a user who is not root, with a health check on /readyz', () => {
    const last = lines.slice(lines.findLastIndex((line) => line.startsWith('FROM ')));
    expect(last.filter((line) => line.startsWith('USER '))).toEqual(['USER node']);
    expect(last.find((line) => line.startsWith('HEALTHCHECK '))).toContain('/readyz');
  });

  test('copies only what the project has, and what .dockerignore lets in', async () => {
    const ignore = (await readFile(join(ROOT, '.dockerignore'), 'utf8')).split('\n');
    const copied = lines
      .filter((line) => line.startsWith('COPY --from=build '))
      .flatMap((line) => line.split(' ').slice(2, -1))
      .map((path) => path.replace('/app/', ''))
      .filter((path) => path !== 'node_modules');
    expect(copied).toEqual([
      'LICENSE',
      'NOTICE',
      'package.json',
      'migrations',
      'packages',
      'recordings',
      'services',
    ]);
    expect(copied.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
    expect(copied.filter((path) => !ignore.includes(`!${path}`))).toEqual([]);
  });

  test('starts the command that npm start starts', async () => {
    const manifest = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as {
      readonly scripts: Readonly<Record<string, string>>;
    };
    const json = (word: string) =>
      JSON.parse(lines.find((line) => line.startsWith(`${word} `))?.slice(word.length) ?? '[]') as string[];
    expect([...json('ENTRYPOINT'), ...json('CMD')].join(' ')).toBe(manifest.scripts['start']);
  });
});
