// Reads vitest's JSON report and says in one last line how many tests passed and failed. A test that was skipped, a test file
// that was not run and a check that failed before any test count as failed: what was not run has not passed.
// node scripts/ci-summary.mjs [REPORT] [--log FILE] [--check-code N] [--root DIR]
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const here = fileURLToPath(new URL('..', import.meta.url));

await main();

/** Returns the lines to print, the plain one last, and whether all is well. */
function summarise({ report, testFiles, log, checkCode }) {
  const faults = [];
  const results = report?.testResults ?? [];
  const tests = results.flatMap(({ assertionResults }) => assertionResults);
  const passed = tests.filter(({ status }) => status === 'passed').length;
  const failed = tests.filter(({ status }) => status === 'failed');
  faults.push(...failed.map(({ fullName }) => `failed: ${fullName}`));
  faults.push(
    ...tests
      .filter(({ status }) => status !== 'passed' && status !== 'failed')
      .map(({ fullName, status }) => `${status}: ${fullName}`),
  );
  faults.push(
    ...results.filter(isBroken).map(({ name, message }) => `could not be run: ${name} ${message ?? ''}`),
  );
  const run = new Set(results.map(({ name }) => name));
  faults.push(...testFiles.filter((name) => !run.has(name)).map((name) => `not run: ${name}`));
  faults.push(...log.split('\n').filter((line) => /\bSKIPPED\b/.test(line)));
  if (report === null) faults.push('there is no report: the check ended before the tests');
  else if (passed === 0) faults.push('no test passed');
  if (checkCode !== 0 && faults.length === 0) faults.push(`npm run check ended with ${checkCode}`);
  return { lines: [...faults, `${passed} passed, ${faults.length} failed`], isGood: faults.length === 0 };
}

/** A file that failed outside of its tests, or that holds none. */
function isBroken({ status, assertionResults }) {
  if (assertionResults.length === 0) return true;
  return status === 'failed' && assertionResults.every((test) => test.status !== 'failed');
}

/** Returns the paths of all test files that vitest.config.ts names, absolute. */
async function findTestFiles(folder) {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  return names.filter((name) => name.endsWith('.test.ts')).map((name) => join(folder, name));
}

async function allTestFiles(root) {
  const parts = ['packages', 'services'];
  const workspaces = await Promise.all(parts.map((part) => readdir(join(root, part)).catch(() => [])));
  const folders = parts.flatMap((part, place) =>
    workspaces[place].map((name) => join(root, part, name, 'test')),
  );
  const found = await Promise.all([...folders, join(root, 'test')].map(findTestFiles));
  return found.flat();
}

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      log: { type: 'string' },
      'check-code': { type: 'string', default: '0' },
      root: { type: 'string', default: here },
    },
  });
  const { root } = values;
  const report = await readFile(positionals[0] ?? join(root, 'coverage/tests.json'), 'utf8')
    .then(JSON.parse)
    .catch(() => null);
  const log = values.log === undefined ? '' : await readFile(values.log, 'utf8');
  const testFiles = await allTestFiles(root);
  const { lines, isGood } = summarise({ report, testFiles, log, checkCode: Number(values['check-code']) });
  process.stdout.write(`${lines.map((line) => line.replaceAll(root, '')).join('\n')}\n`);
  process.exitCode = isGood ? 0 : 1;
}
