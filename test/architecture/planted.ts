import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** A forbidden arrow, planted: the rule that must find it, the file that holds it, what that imports, where this leads. */
export type Planted = {
  readonly rule: string;
  readonly file: string;
  readonly imports: string;
  readonly leadsTo: string;
};

/** At least one forbidden arrow for every rule of the check. */
export const PLANTED: readonly Planted[] = [
  ...fromPackage('units', 'ais'),
  ...fromPackage('ais', 'geo', 'track'),
  ...fromPackage('geo', 'gazetteer'),
  ...fromPackage('kit', 'store'),
  ...fromPackage('picture', 'geo'),
  ...fromPackage('client', 'store'),
  ...fromPackage('designations', 'track'),
  ...fromPackage('gazetteer', 'designations'),
  ...fromPackage('track', 'feeds', 'gazetteer'),
  ...fromPackage('feeds', 'rules'),
  ...fromPackage('rules', 'stages', 'alerts'),
  ...fromPackage('alerts', 'gazetteer', 'store'),
  ...fromPackage('stages', 'alerts', 'store', 'kit'),
  ...fromPackage('strange', 'units').map((planted) => ({ ...planted, rule: 'known-package' })),
  // The store may import every package that is not for tests; one that nobody has decided on is not among them.
  ...fromPackage('store', 'strange'),
  {
    rule: 'packages-not-to-services',
    file: 'packages/kit/src/to-service.ts',
    imports: '@offing/engine',
    leadsTo: 'services/engine/src/index.ts',
  },
  {
    rule: 'services-apart',
    file: 'services/api/src/to-engine.ts',
    imports: '@offing/engine',
    leadsTo: 'services/engine/src/index.ts',
  },
  {
    rule: 'rule-apart',
    file: 'packages/rules/src/rules/loitering.ts',
    imports: './hovering.ts',
    leadsTo: 'packages/rules/src/rules/hovering.ts',
  },
  {
    rule: 'testkit-for-tests',
    file: 'packages/track/src/to-testkit.ts',
    imports: '@offing/testkit',
    leadsTo: 'packages/testkit/src/index.ts',
  },
  {
    rule: 'testkit-for-tests',
    file: 'services/engine/src/to-testkit.ts',
    imports: '@offing/testkit',
    leadsTo: 'packages/testkit/src/index.ts',
  },
  {
    rule: 'source-not-to-tests',
    file: 'packages/geo/src/to-tests.ts',
    imports: '../test/builder.ts',
    leadsTo: 'packages/geo/test/builder.ts',
  },
  {
    rule: 'no-dist',
    file: 'services/engine/src/to-dist.ts',
    imports: '../../../packages/rules/dist/index.js',
    leadsTo: 'packages/rules/dist/index.js',
  },
  {
    rule: 'no-inside-of-others',
    file: 'services/engine/src/to-inside.ts',
    imports: '../../../packages/rules/src/rules/hovering.ts',
    leadsTo: 'packages/rules/src/rules/hovering.ts',
  },
  {
    rule: 'no-cycles',
    file: 'packages/geo/src/here.ts',
    imports: './there.ts',
    leadsTo: 'packages/geo/src/there.ts',
  },
  {
    rule: 'all-resolved',
    file: 'packages/units/src/to-nothing.ts',
    imports: './nothing.ts',
    leadsTo: './nothing.ts',
  },
];

/** Arrows of the same shapes that are allowed: file to import. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  'packages/units/src/index.ts': [],
  'packages/ais/src/index.ts': ['@offing/units'],
  'packages/geo/src/index.ts': ['@offing/units'],
  // The other half of a planted circle: a circle is told once.
  'packages/geo/src/there.ts': ['./here.ts'],
  'packages/geo/test/builder.ts': ['@offing/testkit'],
  'packages/kit/src/index.ts': ['@offing/units'],
  'packages/designations/src/index.ts': ['@offing/units'],
  'packages/gazetteer/src/index.ts': ['@offing/geo'],
  'packages/track/src/index.ts': ['@offing/ais', '@offing/geo'],
  'packages/feeds/src/index.ts': ['@offing/ais', '@offing/track'],
  'packages/rules/src/index.ts': ['./rules/hovering.ts', '@offing/track', '@offing/gazetteer'],
  'packages/rules/src/rules/hovering.ts': ['../nexus.ts', '@offing/geo', '@offing/designations'],
  'packages/rules/src/nexus.ts': ['@offing/designations'],
  'packages/rules/dist/index.js': [],
  'packages/alerts/src/index.ts': ['@offing/rules'],
  'packages/stages/src/index.ts': ['@offing/rules', '@offing/track', '@offing/gazetteer'],
  'packages/store/src/index.ts': ['@offing/alerts', '@offing/kit'],
  'packages/strange/src/index.ts': [],
  'packages/testkit/src/index.ts': ['@offing/store', '@offing/stages'],
  'services/engine/src/index.ts': ['@offing/stages', '@offing/store'],
  'services/engine/test/engine.test.ts': ['@offing/testkit', '../src/index.ts'],
  'services/api/src/index.ts': ['@offing/store'],
  'services/offing/src/index.ts': ['@offing/engine', '@offing/api'],
  'services/offing/bin/offing.js': ['../dist/offing.mjs'],
};

/** Writes a small project that holds every planted violation among allowed arrows into an empty folder. */
export async function plantProject(root: string): Promise<void> {
  for (const [file, imports] of Object.entries(ALLOWED)) await plantFile(root, file, imports);
  for (const { file, imports } of PLANTED) await plantFile(root, file, [imports]);
  const folders = new Set(Object.keys(ALLOWED).map((file) => file.split('/').slice(0, 2).join('/')));
  for (const folder of folders) await plantWorkspace(root, folder);
}

/** Import types only: that is an arrow, too. */
async function plantFile(root: string, file: string, imports: readonly string[]): Promise<void> {
  const keyword = file.endsWith('.ts') ? 'import type' : 'import';
  const lines = imports.map((name, place) => `${keyword} * as imported${place} from '${name}';\n`);
  const path = join(root, file);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `${lines.join('')}export const here = 1;\n`);
}

/** Gives a folder the package.json of a workspace, and its link in node_modules, as npm does. */
async function plantWorkspace(root: string, folder: string): Promise<void> {
  const name = `@offing/${folder.split('/')[1]}`;
  const entry = { source: './src/index.ts', types: './src/index.ts', default: './dist/index.js' };
  const manifest = { name, version: '0.0.0', type: 'module', exports: { '.': entry } };
  await writeFile(join(root, folder, 'package.json'), JSON.stringify(manifest));
  await mkdir(join(root, 'node_modules/@offing'), { recursive: true });
  await symlink(join(root, folder), join(root, 'node_modules', name));
}

function fromPackage(name: string, ...targets: readonly string[]): readonly Planted[] {
  return targets.map((target) => ({
    rule: `${name}-arrows`,
    file: `packages/${name}/src/to-${target}.ts`,
    imports: `@offing/${target}`,
    leadsTo: `packages/${target}/src/index.ts`,
  }));
}
