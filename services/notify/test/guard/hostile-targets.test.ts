import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkTarget } from '../../src/index.ts';
import { guardedPost } from '../../src/guard/guarded-post.ts';
import { isPublicAddress } from '../../src/guard/public-address.ts';
import type { Resolve } from '../../src/guard/resolve.ts';
import { targetUrl } from '../../src/guard/target-url.ts';

const NONE: ReadonlySet<string> = new Set();

let server: Server;
let port: number;
let requests: string[] = [];

beforeAll(async () => {
  // The canary that must never sing: whatever reaches this machine is written down.
  server = createServer((request, response) => {
    requests.push(request.url ?? '');
    if (request.url === '/redirect') response.writeHead(302, { location: '/secret' });
    response.end('ok');
  });
  await new Promise<void>((resolve) => server.listen(0, '::', resolve));
  ({ port } = server.address() as AddressInfo);
});

afterAll(() => server.close());

const HOSTS = [
  '127.0.0.1',
  '127.1',
  '127.0.1',
  '0.0.0.0',
  '0',
  '2130706433',
  '0x7f000001',
  '0x7f.0.0.1',
  '0x7f.1',
  '0177.0.0.1',
  '017700000001',
  '0177.0x0.0.01',
  '127.255.255.254',
  '１２７.０.０.１',
  '①②⑦.⓪.⓪.①',
  '127。0。0。1',
  '127.0.0.1.',
  '%31%32%37.0.0.1',
  '10.0.0.1',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '100.64.0.1',
  '169.254.169.254',
  '0xa9fea9fe',
  '2852039166',
  '0251.0376.0251.0376',
  '168.63.129.16',
  '192.0.0.192',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '[::1]',
  '[::]',
  '[0:0:0:0:0:0:0:1]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[::ffff:8.8.8.8]',
  '[::127.0.0.1]',
  '[64:ff9b::127.0.0.1]',
  '[64:ff9b::a9fe:a9fe]',
  '[64:ff9b:1::1]',
  '[2002:7f00:1::]',
  '[2001:0:53aa:64c::1]',
  '[fe80::1]',
  '[fc00::1]',
  '[fd00:ec2::254]',
  '[fec0::1]',
  '[ff02::1]',
  '[2001:db8::1]',
  '[100::1]',
  'localhost',
  'LOCALHOST',
  'localhost.',
  'foo.localhost',
  'printer.local',
  'metadata.google.internal',
  'router.lan',
  'intranet',
  'ⓛocalhost',
];

it('asks in many more than forty hostile forms', () => {
  expect(new Set(HOSTS).size).toBeGreaterThanOrEqual(60);
});

describe.each(HOSTS)('http://%s', (host) => {
  it('is refused when a channel is made, and gets no packet when a message is sent', async () => {
    requests = [];
    for (const url of [`http://${host}/`, `http://${host}:${port}/`, `https://${host}/`]) {
      expect(await checkTarget('webhook', url, { allowed: NONE, hasMail: false })).toMatch(/public/);
      const result = await guardedPost(url, {}, '{}', { allowed: NONE, timeoutMs: 2_000 });
      expect(result).toMatchObject({ error: expect.stringMatching(/^refused/) as string, isFinal: true });
    }
    expect(requests).toEqual([]);
  });
});

it.each([
  'ftp://example.org/',
  'file:///etc/passwd',
  'gopher://example.org/',
  'data:text/plain,x',
  'javascript:alert(1)',
  'http://user@example.org/',
  'http://user:password@example.org/',
  'http://example.org@127.0.0.1/',
  'http://127.0.0.1#@example.org/',
  'http://127.0.0.1\\@example.org/',
  'https://example.org:22/',
  'https://example.org:25/',
  'https://example.org:5432/',
  'https://example.org:6379/',
  'https://example.org:0/',
  'http:///',
  '//example.org/',
  'example.org',
  '',
])('refuses %s', (text) => {
  expect(targetUrl(text, NONE)).toHaveProperty('expected');
});

it.each([
  'https://example.org/',
  'http://example.org:8080/x?y=z',
  'https://1.1.1.1/',
  'https://[2606:4700::1111]/',
])('takes %s', (text) => {
  expect(targetUrl(text, NONE)).toMatchObject({ isAllowed: false });
});

it.each(['8.8.8.8', '2606:4700:4700::1111', '64:ff9b::8.8.8.8', '172.32.0.1', '100.128.0.1', '11.0.0.0'])(
  'knows %s as public',
  (address) => {
    expect(isPublicAddress(address)).toBe(true);
  },
);

it.each(['', 'x', '::ffff:8.8.8.8', 'fe80::1%eth0', '1.2.3', '127.0.0.1/8', '::1%lo'])(
  'knows %s as no public address',
  (address) => {
    expect(isPublicAddress(address)).toBe(false);
  },
);

describe('a name', () => {
  const post = (resolve: Resolve, path = '/') =>
    guardedPost(`http://names.example.org:8080${path}`, {}, '{}', {
      allowed: NONE,
      timeoutMs: 2_000,
      resolve,
    });
  const lead =
    (...addresses: string[]): Resolve =>
    () =>
      Promise.resolve(addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })));

  it.each([
    ['127.0.0.1'],
    ['::1'],
    ['10.1.2.3'],
    ['169.254.169.254'],
    ['::ffff:127.0.0.1'],
    ['64:ff9b::7f00:1'],
    ['fd00::1'],
  ])('that leads to %s is refused', async (address) => {
    requests = [];
    expect(await post(lead(address))).toMatchObject({ error: expect.stringMatching(/^refused/) as string });
    expect(
      await checkTarget('webhook', 'https://names.example.org/', {
        allowed: NONE,
        hasMail: false,
        resolve: lead(address),
      }),
    ).toMatch(/public/);
    expect(requests).toEqual([]);
  });

  it('that leads to a public and a private address is refused, in whichever order', async () => {
    for (const addresses of [
      ['1.1.1.1', '127.0.0.1'],
      ['127.0.0.1', '1.1.1.1'],
    ]) {
      expect(await post(lead(...addresses))).toMatchObject({
        error: expect.stringMatching(/^refused/) as string,
      });
    }
  });

  it('that is public when the channel is made and private when the message leaves is refused (rebinding)', async () => {
    let asked = 0;
    const rebind: Resolve = (name) => lead(asked++ === 0 ? '1.1.1.1' : '127.0.0.1')(name);
    const made = await checkTarget('webhook', 'https://names.example.org/', {
      allowed: NONE,
      hasMail: false,
      resolve: rebind,
    });
    expect(made).toBeNull();
    requests = [];
    expect(await post(rebind)).toMatchObject({ error: expect.stringMatching(/^refused/) as string });
    expect([asked, requests]).toEqual([2, []]);
  });

  it('is resolved once: no second answer can lead the connection elsewhere', async () => {
    let asked = 0;
    const resolve: Resolve = () => {
      asked++;
      return Promise.resolve([{ address: '192.0.2.1', family: 4 }]);
    };
    await post(resolve);
    expect(asked).toBe(1);
  });

  it('without an address, or that cannot be resolved, is a failure to try again', async () => {
    expect(await post(lead())).toMatchObject({ isFinal: false });
    expect(await post(() => Promise.reject(new Error('ENOTFOUND')))).toMatchObject({
      error: 'ENOTFOUND',
      isFinal: false,
    });
  });
});

it('does not follow a redirect', async () => {
  requests = [];
  const allowed = new Set([`127.0.0.1:${port}`]);
  const result = await guardedPost(`http://127.0.0.1:${port}/redirect`, {}, '{}', {
    allowed,
    timeoutMs: 2_000,
  });
  expect([result, requests]).toEqual([{ status: 302, retryAfter: undefined }, ['/redirect']]);
});

it('reaches what the operator allowed, exactly that port and that name', async () => {
  const allowed = new Set([`127.0.0.1:${port}`]);
  const url = `http://127.0.0.1:${port}/`;
  expect(await guardedPost(url, {}, '{}', { allowed, timeoutMs: 2_000 })).toMatchObject({ status: 200 });
  for (const other of [`http://127.0.0.2:${port}/`, `http://localhost:${port}/`, 'http://127.0.0.1/']) {
    expect(await guardedPost(other, {}, '{}', { allowed, timeoutMs: 2_000 })).toMatchObject({
      isFinal: true,
    });
  }
});

it('takes an address for e-mail only as one, and only where mail can leave', async () => {
  const check = (target: string, hasMail = true) => checkTarget('email', target, { allowed: NONE, hasMail });
  expect(await check('desk@example.org')).toBeNull();
  expect(await check('desk@example.org', false)).toMatch(/no mail server/);
  for (const target of [
    'desk',
    'desk@example',
    'a@b.org\r\nBcc: c@d.org',
    'a@b.org,c@d.org',
    '<a@b.org>',
    '@b.org',
  ]) {
    expect([target, await check(target)]).toEqual([target, 'an e-mail address']);
  }
});

it('takes only Slack for Slack', async () => {
  const options = {
    allowed: NONE,
    hasMail: false,
    resolve: () => Promise.resolve([{ address: '1.1.1.1', family: 4 }]),
  };
  expect(await checkTarget('slack', 'https://hooks.slack.com/services/T/B/x', options)).toBeNull();
  for (const url of [
    'http://hooks.slack.com/x',
    'https://hooks.slack.com.evil.example/x',
    'https://example.org/',
  ]) {
    expect(await checkTarget('slack', url, options)).toMatch(/Slack/);
  }
});
