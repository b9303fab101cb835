import type { AddressInfo } from 'node:net';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startWatching, type Watching } from './watching.ts';

let watching: Watching;
let server: SMTPServer;
let port: number;
let mails: { raw: string; to: string[] }[];
let refusal: { at: 'rcpt' | 'data'; code: number } | null;

beforeEach(async () => {
  watching = await startWatching();
  mails = [];
  refusal = null;
  const refused = (code: number) => Object.assign(new Error('refused'), { responseCode: code });
  server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: (_address, _session, done) => (refusal?.at === 'rcpt' ? done(refused(refusal.code)) : done()),
    onData(stream, session, done) {
      let raw = '';
      stream.setEncoding('utf8').on('data', (text: string) => (raw += text));
      stream.on('end', () => {
        if (refusal?.at === 'data') return done(refused(refusal.code));
        mails.push({ raw, to: session.envelope.rcptTo.map(({ address }) => address) });
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  ({ port } = server.server.address() as AddressInfo);
}, 120_000);

afterEach(async () => {
  await watching.close();
  await new Promise<void>((resolve) => server.close(() => resolve()));
});

const start = () =>
  watching.start({
    mail: { smtpUrl: `smtp://127.0.0.1:${port}`, from: 'Offing <offing@example.org>' },
    retryDelaysMs: [50, 50],
  });
const states = async () => (await watching.deliveries()).map(({ state }) => state);

it('sends text and HTML that end with one click, to the one reader', async () => {
  await watching.channel('email', 'desk@example.org');
  await watching.tell('e_1', 'opened', { sentence: 'Silent <script>alert(1)</script>' });
  await start();
  await expect.poll(states, { timeout: 20_000 }).toEqual(['delivered']);
  expect(mails.map(({ to }) => to)).toEqual([['desk@example.org']]);
  const mail = await PostalMime.parse(mails[0].raw);
  const header = (name: string) => mail.headers.find(({ key }) => key === name)?.value;
  const { rows } = await watching.pool.query<{ unsubscribe_token: string }>(
    'select unsubscribe_token from watch_channel',
  );
  const end = `https://offing.example.org/unsubscribe/${rows[0].unsubscribe_token}`;
  expect(header('list-unsubscribe')).toBe(`<${end}>`);
  expect(header('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
  expect(mail.messageId).toBe(`<${(await watching.deliveries())[0].delivery_id}@offing.example.org>`);
  expect(mail.subject).toBe('transponder-gap (medium)');
  expect(mail.text).toContain('Silent <script>');
  expect(mail.text).toContain(end);
  expect(mail.html).toContain('Silent &lt;script&gt;');
  expect(mail.html).not.toContain('<script');
  expect(mail.html).toContain('https://offing.example.org/alerts/a_1');
  expect(mail.html).not.toContain('<img');
});

it('shows the picture of the version that it tells of, where readers can fetch it', async () => {
  await watching.channel('email', 'desk@example.org');
  await watching.tell('e_1', 'opened', { known_since: '2016-11-06T18:45:00Z' });
  await watching.start({
    hasPictures: true,
    mail: { smtpUrl: `smtp://127.0.0.1:${port}`, from: 'Offing <offing@example.org>' },
  });
  await expect.poll(states, { timeout: 20_000 }).toEqual(['delivered']);
  const { html } = await PostalMime.parse(mails[0].raw);
  expect(html).toContain(
    '<img src="https://offing.example.org/v1/alerts/a_1.png?as_of=2016-11-06T18%3A45%3A00Z&amp;size=small"',
  );
});

it('lets nothing from the air into the headers', async () => {
  await watching.channel('email', 'desk@example.org');
  await watching.tell('e_1', 'opened', {
    port_id: 'X',
    port_name: 'Port\r\nBcc: evil@example.org\r\n\r\nbody',
    port_country: 'CN',
  });
  await start();
  await expect.poll(states, { timeout: 20_000 }).toEqual(['delivered']);
  const mail = await PostalMime.parse(mails[0].raw);
  expect([mails[0].to, mail.bcc]).toEqual([['desk@example.org'], undefined]);
  expect(mail.headers.map(({ key }) => key)).not.toContain('bcc');
});

it('sends what came together in a digest as one mail, when its hour is over', async () => {
  await watching.channel('email', 'desk@example.org', {}, 'hourly');
  for (const id of ['e_1', 'e_2', 'e_3']) await watching.tell(id, 'opened', { sentence: `Sentence ${id}` });
  await watching.tell('e_1', 'retracted');
  await start();
  await expect.poll(states, { timeout: 20_000 }).toHaveLength(4);
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(mails).toEqual([]);
  const { rows } = await watching.pool.query<{ whole: boolean }>(
    `select bool_and(next_at = date_trunc('hour', now()) + interval '1 hour') as whole from delivery`,
  );
  expect(rows[0].whole).toBe(true);
  await watching.pool.query('update delivery set next_at = now()');
  await expect.poll(states, { timeout: 20_000 }).toEqual(Array<string>(4).fill('delivered'));
  expect(mails).toHaveLength(1);
  const mail = await PostalMime.parse(mails[0].raw);
  expect(mail.subject).toBe('4 changes of the watchlist List');
  expect(mail.text).toContain('Sentence e_2');
  expect(mail.text).toContain('withdrawn');
});

it('tries again when the server puts it off, and ends the channel of a reader that is not there', async () => {
  await watching.channel('email', 'desk@example.org');
  refusal = { at: 'data', code: 451 };
  await watching.tell('e_1');
  await start();
  await expect
    .poll(async () => (await watching.deliveries())[0]?.attempts, { timeout: 20_000 })
    .toBeGreaterThan(0);
  refusal = null;
  await expect.poll(states, { timeout: 20_000 }).toEqual(['delivered']);
  refusal = { at: 'rcpt', code: 550 };
  await watching.tell('e_2');
  await expect.poll(states, { timeout: 20_000 }).toEqual(['delivered', 'failed']);
  const { rows } = await watching.pool.query<{ state: string }>('select state from watch_channel');
  expect(rows).toEqual([{ state: 'disabled' }]);
});
