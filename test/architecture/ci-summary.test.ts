import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

const SCRIPT = fileURLToPath(new URL('../../scripts/ci-summary.mjs', import.meta.url));
const TEST_FILE = 'packages/geo/test/sphere.test.ts';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'offing-summary-'));
  await mkdir(join(root, 'packages/geo/test'), { recursive: true });
  await writeFile(join(root, TEST_FILE), '');
});
afterEach(() => rm(root, { recursive: true, force: true }));

/** Returns what the script says on a run in which the one test file had tests with these outcomes. */
async function summaryOf(
  statuses: readonly string[],
  { log = '', checkCode = 0, fileStatus = 'passed' } = {},
): Promise<{ readonly lines: readonly string[]; readonly code: number | null }> {
  const assertionResults = statuses.map((status, place) => ({ status, fullName: `test ${place}` }));
  const testResults = [{ name: join(root, TEST_FILE), status: fileStatus, message: '', assertionResults }];
  await writeFile(join(root, 'report.json'), JSON.stringify({ testResults }));
  return read(log, checkCode);
}

async function read(log: string, checkCode: number) {
  await writeFile(join(root, 'check.log'), log);
  const words = [
    ...[SCRIPT, join(root, 'report.json'), '--root', root],
    ...['--log', join(root, 'check.log'), '--check-code', String(checkCode)],
  ];
  const { stdout, status } = spawnSync(process.execPath, words, { encoding: 'utf8' });
  return { lines: stdout.trimEnd().split('\n'), code: status };
}

test('says that all passed, in one line', async () => {
  expect(await summaryOf(['passed', 'passed'])).toEqual({ lines: ['2 passed, 0 failed'], code: 0 });
});

test('counts and names what failed', async () => {
  const { lines, code } = await summaryOf(['passed', 'failed'], { fileStatus: 'failed', checkCode: 1 });
  expect(lines).toEqual(['failed: test 1', '1 passed, 1 failed']);
  expect(code).toBe(1);
});

test.each(['skipped', 'pending', 'todo', 'disabled'])('fails for a test that is %s', async (status) => {
  const { lines, code } = await summaryOf(['passed', status]);
  expect(lines).toEqual([`${status}: test 1`, '1 passed, 1 failed']);
  expect(code).toBe(1);
});

test('fails for a test file that the run did not take', async () => {
  await mkdir(join(root, 'test'));
  await writeFile(join(root, 'test/left-out.test.ts'), '');
  const { lines, code } = await summaryOf(['passed']);
  expect(lines.at(-2)).toMatch(/^not run: .*test\/left-out\.test\.ts$/);
  expect(lines.at(-1)).toBe('1 passed, 1 failed');
  expect(code).toBe(1);
});

test('fails for a test file that broke outside of its tests, or holds none', async () => {
  expect((await summaryOf(['passed'], { fileStatus: 'failed', checkCode: 1 })).code).toBe(1);
  expect((await summaryOf([], { fileStatus: 'failed', checkCode: 1 })).lines.at(-1)).toBe(
    '0 passed, 2 failed',
  );
});

test('fails when a program that tests compare with was said to be missing', async () => {
  const { lines, code } = await summaryOf(['passed'], { log: 'fine\nSKIPPED: no such program\n' });
  expect(lines).toEqual(['SKIPPED: no such program', '1 passed, 1 failed']);
  expect(code).toBe(1);
});

test('fails when the check failed though every test passed', async () => {
  const { lines, code } = await summaryOf(['passed'], { checkCode: 2 });
  expect(lines).toEqual(['npm run check ended with 2', '1 passed, 1 failed']);
  expect(code).toBe(1);
});

test('fails when there is no report, and when it is no JSON', async () => {
  const missing = await read('', 1);
  await writeFile(join(root, 'report.json'), '{"testResults":[');
  const cut = await read('', 1);
  for (const { lines, code } of [missing, cut]) {
    expect(lines).toContain('there is no report: the check ended before the tests');
    expect(lines.at(-1)).toBe('0 passed, 2 failed');
    expect(code).toBe(1);
  }
});
