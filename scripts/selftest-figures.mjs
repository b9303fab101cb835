// Writes services/api/data/selftest.json, which the pages of the rules show: how each rule does on the labelled scenarios.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const data = mkdtempSync(join(tmpdir(), 'offing-selftest-'));
const offing = (...words) =>
  JSON.parse(
    execFileSync(process.execPath, ['services/offing/bin/offing.js', ...words], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    }),
  );
try {
  const scores = offing('selftest', '--json', '--data', data);
  const versions = new Map(offing('rules', '--json').map(({ id, version }) => [id, version]));
  const scenarios = ['synthetic', 'labelled']
    .map((folder) => JSON.parse(readFileSync(join(root, 'recordings', folder, 'expected.json'), 'utf8')))
    .reduce((sum, labels) => sum + labels.scenarios.length, 0);
  const rules = scores.map(({ rule, expected, found, falseAlarms, medianDelayH }) => {
    return { id: rule, version: versions.get(rule), expected, found, falseAlarms, medianDelayH };
  });
  const figures = {
    ranOn: new Date().toISOString().slice(0, 10),
    command: 'offing selftest',
    scenarios,
    rules,
  };
  writeFileSync(join(root, 'services/api/data/selftest.json'), `${JSON.stringify(figures, null, 2)}\n`);
} finally {
  rmSync(data, { recursive: true, force: true });
}
