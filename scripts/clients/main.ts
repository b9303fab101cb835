// `npm run clients [-- URL KEY]`: lets the programs of others open what the API serves, and writes docs/clients.md: who opened what, with
// which version, what was read. Without a URL it serves the bundled recordings from a folder of its own;
// a key with the scope admin opens /metrics.
import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { clientRuns } from './runs.ts';
import { clientsPage } from './page.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const [given, givenKey = ''] = process.argv.slice(2);
const served =
  given === undefined ? await serveRecordings() : { url: given, key: givenKey, end: () => Promise.resolve() };
try {
  const runs = await clientRuns(served.url, served.key);
  await writeFile(join(ROOT, 'docs/clients.md'), clientsPage(runs, new Date()));
  for (const { client, what, read, isRight } of runs) {
    process.stdout.write(`${isRight ? 'ok  ' : 'FAIL'} ${client}: ${what}: ${read}\n`);
  }
  process.exitCode = runs.every(({ isRight }) => isRight) ? 0 : 1;
} finally {
  await served.end();
}

/** Starts `offing serve` on loopback with the bundled recordings, and waits until they are read. */
async function serveRecordings() {
  const folder = await mkdtemp(join(tmpdir(), 'offing-clients-'));
  const offing = ['--import', 'tsx', '--conditions=source', join(ROOT, 'services/offing/src/main.ts')];
  const child = spawn(process.execPath, [...offing, 'serve', '--port', '8950', '--data', folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const url = await new Promise<string>((resolve, reject) => {
    let out = '';
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      const ready = /Offing is ready: (http\S+)/.exec(out);
      if (ready !== null) resolve(ready[1]);
    });
    void ended.then(() => {
      reject(new Error(`serve ended: ${out}`));
    });
  });
  const end = async () => {
    child.kill('SIGTERM');
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  const words = [...offing, 'keys', 'create', '--label', 'clients', '--scope', 'admin', '--data', folder];
  const { stdout } = await promisify(execFile)(process.execPath, words);
  return { url, key: stdout.split('\n')[0], end };
}
