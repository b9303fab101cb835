import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { guardedDownload, type DownloadOptions } from '../../src/guard/guarded-download.ts';

let server: Server;
let folder: string;
let target: string;
let asked: IncomingMessage[];
let answer: (request: IncomingMessage, response: ServerResponse) => void;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'offing-download-'));
  asked = [];
  answer = (_, response) => response.end('a list');
  server = createServer((request, response) => {
    asked.push(request);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  target = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true });
});

function download(path: string, given: Partial<DownloadOptions> = {}) {
  return guardedDownload(path.startsWith('http') ? path : `http://${target}${path}`, join(folder, 'file'), {
    allowed: new Set([target]),
    userAgent: 'Offing-Lists/1',
    mostBytes: 1_000_000,
    idleMs: 20_000,
    timeoutMs: 60_000,
    ...given,
  });
}

describe('guardedDownload', () => {
  it('writes a file and tells by what it can be told apart later', async () => {
    answer = (_, response) => response.setHeader('etag', '"v1"').end('a list');
    expect(await download('/a')).toEqual({ kind: 'file', bytes: 6, etag: '"v1"' });
    expect(await readFile(join(folder, 'file'), 'utf8')).toBe('a list');
    answer = (request, response) =>
      response.writeHead(request.headers['if-none-match'] === '"v1"' ? 304 : 500).end();
    expect(await download('/a', { etag: '"v1"', lastModified: 'Wed, 02 Mar 2016 00:00:00 GMT' })).toEqual({
      kind: 'same',
    });
    expect(asked.at(-1)?.headers['if-modified-since']).toBe('Wed, 02 Mar 2016 00:00:00 GMT');
  });

  it('reaches nothing that is not public, by name, number or redirect', async () => {
    const private_ = [{ address: '10.0.0.1', family: 4 }];
    for (const url of [
      `http://${target}/`,
      'http://169.254.169.254/latest',
      'file:///etc/passwd',
      'http://[::1]/',
      'http://a:b@example.org/',
    ])
      expect(await download(url, { allowed: new Set() }), url).toMatchObject({
        kind: 'failed',
        why: expect.stringContaining('refused') as string,
      });
    expect(
      await download('http://lists.example.org/', { resolve: () => Promise.resolve(private_) }),
    ).toMatchObject({
      why: expect.stringContaining('not public') as string,
    });
    expect(asked).toEqual([]);
    for (const away of [
      'http://169.254.169.254/',
      'file:///etc/passwd',
      'http://localhost:1/',
      '//10.0.0.1/x',
    ]) {
      answer = (_, response) => response.writeHead(302, { location: away }).end();
      expect(await download('/a'), away).toMatchObject({
        kind: 'failed',
        why: expect.stringContaining('refused') as string,
      });
    }
  });

  it('follows redirects to where it may go, and not for ever', async () => {
    answer = (request, response) => {
      if (request.url === '/b') response.end('there');
      else response.writeHead(302, { location: request.url === '/a' ? '/b' : '/loop' }).end();
    };
    expect(await download('/a')).toMatchObject({ kind: 'file', bytes: 5 });
    expect(await download('/loop')).toEqual({ kind: 'failed', why: 'more than 5 redirects' });
  });

  it('fails as a whole where a body breaks off, is too long, stops, or the server refuses', async () => {
    answer = (_, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('half');
      setImmediate(() => response.destroy());
    };
    expect((await download('/a')).kind).toBe('failed');
    answer = (_, response) => response.end('x'.repeat(2_000));
    expect(await download('/a', { mostBytes: 1_999 })).toEqual({
      kind: 'failed',
      why: 'more than 1999 bytes',
    });
    answer = (_, response) => response.write('and then nothing');
    expect((await download('/a', { idleMs: 200 })).kind).toBe('failed');
    expect((await download('/a', { timeoutMs: 200 })).kind).toBe('failed');
    answer = (_, response) => response.writeHead(503).end();
    expect(await download('/a')).toEqual({ kind: 'failed', why: 'the server answered 503' });
  });
});
