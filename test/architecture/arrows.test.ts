import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PLANTED, plantProject } from './planted.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const CONFIG = join(ROOT, '.dependency-cruiser.mjs');
const PROGRAM = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');

/** What of dependency-cruiser's JSON report the tests look at. */
type Report = {
  readonly modules: readonly {
    readonly source: string;
    readonly dependencies: readonly { readonly resolved: string }[];
  }[];
  readonly summary: {
    readonly violations: readonly {
      readonly from: string;
      readonly to: string;
      readonly rule: { readonly name: string; readonly severity: string };
    }[];
    readonly ruleSetUsed: {
      readonly forbidden: readonly { readonly name: string; readonly comment?: string }[];
    };
  };
};

describe('the check of the arrows', () => {
  let root: string;
  let planted: Report;

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'offing-arrows-'));
    await plantProject(root);
    planted = await cruise(root);
  });
  afterAll(() => rm(root, { recursive: true, force: true }));

  test('finds every planted violation and nothing else', () => {
    const expected = PLANTED.map(({ rule, file, leadsTo }) => `${rule}: ${file} -> ${leadsTo}`);
    expect(violationsOf(planted).sort()).toEqual([...expected].sort());
  });

  test('has a planted violation, a comment and the severity of an error for each of its rules', () => {
    const rules = planted.summary.ruleSetUsed.forbidden;
    expect([...new Set(PLANTED.map(({ rule }) => rule))].sort()).toEqual(
      rules.map(({ name }) => name).sort(),
    );
    expect(rules.filter(({ comment }) => (comment ?? '').length < 60)).toEqual([]);
    expect(planted.summary.violations.filter(({ rule }) => rule.severity !== 'error')).toEqual([]);
  });
});

describe('the project', () => {
  let report: Report;

  beforeAll(async () => {
    report = await cruise(ROOT);
  });

  test('has no forbidden arrow', () => {
    expect(violationsOf(report)).toEqual([]);
  });

  test.each([
    ['packages/rules', 'packages/track'],
    ['packages/store', 'packages/alerts'],
    ['services/engine', 'packages/stages'],
    ['services/offing', 'services/engine'],
  ])('is seen in its sources: the arrow from %s to %s', (from, to) => {
    const inside = report.modules.filter(({ source }) => source.startsWith(`${from}/src/`));
    const targets = inside.flatMap(({ dependencies }) => dependencies.map(({ resolved }) => resolved));
    expect(targets).toContain(`${to}/src/index.ts`);
  });

  test('is seen without what was built of it', () => {
    expect(report.modules.filter(({ source }) => source.startsWith('packages/')).length).toBeGreaterThan(100);
    const built = ({ source }: { source: string }) => /^packages\/[^/]+\/dist\//.test(source);
    expect(report.modules.filter(built)).toEqual([]);
  });
});

function violationsOf(report: Report): string[] {
  return report.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`);
}

/** Runs the check as `npm run arrows` does, in a folder that has packages/ and services/. */
function cruise(folder: string): Promise<Report> {
  const words = [PROGRAM, '--config', CONFIG, '--output-type', 'json', 'packages', 'services'];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, words, { cwd: folder, maxBuffer: 1 << 28 }, (error, stdout, stderr) => {
      // The exit code is the number of violations: the report tells them.
      if (stdout.startsWith('{')) resolve(JSON.parse(stdout) as Report);
      else reject(new Error(`dependency-cruiser gave no report: ${stderr}`, { cause: error }));
    });
  });
}
