import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const GUIDES = [
  'docs/dataflow.md',
  'docs/operations.md',
  'docs/decisions/0001-external-sort.md',
  'README.md',
];

async function filesBelow(folder: string, wanted: (path: string) => boolean): Promise<string[]> {
  const names = await readdir(join(ROOT, folder), { recursive: true }).catch(() => []);
  return names
    .map((name) => join(folder, name))
    .filter((path) => wanted(path) && !path.includes('node_modules'));
}

async function read(path: string): Promise<string> {
  return readFile(join(ROOT, path), 'utf8');
}

/** Returns what stands in the first group of a pattern, for all its matches. */
function found(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map((match) => match[1]);
}

test('every relative link of the documents leads to a file', async () => {
  const top = await readdir(ROOT);
  const documents = [
    ...top.filter((name) => name.endsWith('.md')),
    ...(await filesBelow('docs', (path) => path.endsWith('.md'))),
  ];
  const broken: string[] = [];
  let links = 0;
  for (const document of documents) {
    for (const target of found(await read(document), /\]\(([^)#\s]+)(?:#[^)]*)?\)/g)) {
      if (/^https?:/.test(target)) continue;
      links++;
      if (!existsSync(join(ROOT, dirname(document), target))) broken.push(`${document}: ${target}`);
    }
  }
  expect(broken).toEqual([]);
  expect(links).toBeGreaterThan(10);
});

test.each(GUIDES)('every path of the code that %s names is there', async (guide) => {
  const paths = found(await read(guide), /`((?:packages|services|docs|migrations|scripts)\/[\w./-]+)`/g);
  expect(paths.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
});

test('NOTICE names every source that the notes beside the bundled data name', async () => {
  const isNote = (path: string) => /(^|\/)(data|recordings)\/(.*\/)?README\.md$/.test(path);
  const notes = [...(await filesBelow('packages', isNote)), ...(await filesBelow('recordings', isNote))];
  const notice = await read('NOTICE');
  const sources = (await Promise.all(notes.map(read))).flatMap((text) =>
    found(text, /([A-Za-z0-9][\w.-]*\/[\w.-]+) @ [0-9a-f]{7}/g),
  );
  expect(new Set(sources).size).toBeGreaterThan(5);
  expect([...new Set(sources)].filter((source) => !notice.includes(source))).toEqual([]);
});

test('LICENSE is the Apache License, version 2.0, and every workspace says so', async () => {
  const text = await read('LICENSE');
  expect(
    text
      .trimStart()
      .split('\n')
      .slice(0, 2)
      .map((line) => line.trim()),
  ).toEqual(['Apache License', 'Version 2.0, January 2004']);
  expect(text).toContain('END OF TERMS AND CONDITIONS');
  const isManifest = (path: string) => /^(packages|services)\/[^/]+\/package\.json$/.test(path);
  const manifests = [
    'package.json',
    ...(await filesBelow('packages', isManifest)),
    ...(await filesBelow('services', isManifest)),
  ];
  const licences = await Promise.all(
    manifests.map(async (path) => (JSON.parse(await read(path)) as { license?: string }).license),
  );
  expect(manifests.length).toBeGreaterThan(15);
  expect([...new Set(licences)]).toEqual(['Apache-2.0']);
});

test('docs/operations.md says what every code of a message, a file or a refused row means', async () => {
  const isSource = (path: string) => /^(packages|services)\/[^/]+\/src\/.*\.ts$/.test(path);
  const sources = [...(await filesBelow('packages', isSource)), ...(await filesBelow('services', isSource))];
  const texts = await Promise.all(sources.map(read));
  const thrown = texts.flatMap((text) => [
    ...found(text, /new OffingError\(\s*'([a-z-]+)'/g),
    ...found(text, /\bcode: '(database-[a-z]+)'/g),
  ]);
  const files = found(await read('services/ingest/src/file-fault.ts'), /^ {2}'([a-z-]+)': '/gm);
  const rejects = /type RejectCode =([^;]+);/.exec(await read('packages/feeds/src/feed.ts'))?.[1] ?? '';
  // Wrong words on the command line explain themselves; so does a self-test.
  const explained = /^(usage|selftest)/;
  const codes = [...thrown, ...files, ...found(rejects, /'([a-z-]+)'/g)].filter(
    (code) => !explained.test(code),
  );
  const page = await read('docs/operations.md');
  expect(codes.length).toBeGreaterThan(40);
  expect([...new Set(codes)].filter((code) => !page.includes(`\`${code}\``))).toEqual([]);
});
