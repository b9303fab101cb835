import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** One thing that one program opened. */
export type ClientRun = {
  readonly client: string;
  readonly version: string;
  readonly what: string;
  readonly read: string;
  /** Whether that is what the API counts itself. */
  readonly isRight: boolean;
};

type Expected = { readonly alerts: number; readonly tracks: number; readonly ports: number };
type Layer = {
  readonly layer: keyof Expected;
  readonly valid: boolean;
  readonly error?: string;
  readonly crs: string;
  readonly features: number;
  readonly ids: number;
  readonly shapes: number;
  readonly fields: readonly string[];
};

const QGIS_SCRIPT = fileURLToPath(new URL('qgis-read.py', import.meta.url));
const LAYERS = ['alerts', 'tracks', 'ports'] as const;

/** Returns what every program read of the server at `url`; the key is for /metrics. Fails where a program is not installed. */
export async function clientRuns(url: string, key: string): Promise<readonly ClientRun[]> {
  const expected: Expected = {
    alerts: await counted(`${url}/ogc/collections/alerts/items?limit=1000`),
    tracks: await counted(`${url}/ogc/collections/tracks/items?limit=50`),
    ports: await counted(`${url}/ogc/collections/ports/items?limit=1000`),
  };
  const folder = await mkdtemp(join(tmpdir(), 'offing-clients-'));
  try {
    return [
      ...(await qgisRuns(url, expected)),
      ...(await gdalRuns(url, expected, folder)),
      ...(await fileRuns(url, folder)),
      await promtoolRun(url, key),
      await xmllintRun(url, folder),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Counts features along the `next` links by a program of our own, which shares nothing with theirs. */
async function counted(first: string): Promise<number> {
  let count = 0;
  for (let next: string | undefined = first; next !== undefined;) {
    const page = (await (await fetch(next)).json()) as {
      features: unknown[];
      links: { rel: string; href: string }[];
    };
    count += page.features.length;
    next = page.links.find(({ rel }) => rel === 'next')?.href;
  }
  return count;
}

async function qgisRuns(url: string, expected: Expected): Promise<readonly ClientRun[]> {
  // Debian's Python, which has the bindings, whatever Python comes first.
  const out = await run('/usr/bin/python3', [QGIS_SCRIPT, `${url}/ogc`, ...LAYERS]);
  const { version, layers } = JSON.parse(out) as { version: string; layers: readonly Layer[] };
  return layers.map((layer) => ({
    client: 'QGIS (python3-qgis, provider OAPIF)',
    version,
    what: `layer \`${layer.layer}\`, all features over pages`,
    read: layer.valid
      ? `${layer.features} features, ${layer.shapes} with a shape, ${layer.fields.length} fields, ${layer.crs}`
      : `not valid: ${layer.error ?? ''}`,
    isRight:
      layer.valid &&
      layer.crs !== '' &&
      layer.features === expected[layer.layer] &&
      layer.ids === layer.features,
  }));
}

async function gdalRuns(url: string, expected: Expected, folder: string): Promise<readonly ClientRun[]> {
  const version = (await run('ogrinfo', ['--version'])).split(',')[0];
  const runs: ClientRun[] = [];
  for (const layer of LAYERS) {
    const out = await run('ogrinfo', ['-ro', '-so', '-oo', 'PAGE_SIZE=50', `OAPIF:${url}/ogc`, layer]);
    const features = Number(/Feature Count: (\d+)/.exec(out)?.[1]);
    const geometry = /Geometry: (.+)/.exec(out)?.[1] ?? '';
    runs.push({
      client: 'ogrinfo (driver OAPIF)',
      version,
      what: `layer \`${layer}\`, all features over pages`,
      read: `${features} features, ${geometry}`,
      isRight: features === expected[layer],
    });
  }
  const file = join(folder, 'alerts.gpkg');
  await run('ogr2ogr', ['-f', 'GPKG', file, `OAPIF:${url}/ogc`, 'alerts']);
  const features = Number(
    /Feature Count: (\d+)/.exec(await run('ogrinfo', ['-ro', '-so', '-al', file]))?.[1],
  );
  runs.push({
    client: 'ogr2ogr (driver OAPIF)',
    version,
    what: '`alerts` into a GeoPackage',
    read: `${features} features`,
    isRight: features === expected.alerts,
  });
  return runs;
}

/** One page of each format that GDAL reads, as files. */
async function fileRuns(url: string, folder: string): Promise<readonly ClientRun[]> {
  const version = (await run('ogrinfo', ['--version'])).split(',')[0];
  const runs: ClientRun[] = [];
  for (const [list, format] of [
    ['alerts', 'geojson'],
    ['alerts', 'kml'],
    ['alerts', 'fgb'],
    ['events', 'geojson'],
    ['events', 'kml'],
    ['events', 'fgb'],
    ['vessels', 'geojson'],
    ['vessels', 'kml'],
    ['vessels', 'fgb'],
  ]) {
    const asJson = (await (await fetch(`${url}/v1/${list}?limit=500`)).json()) as { items: unknown[] };
    const file = await fetched(`${url}/v1/${list}.${format}?limit=500`, join(folder, `${list}.${format}`));
    const out = await run('ogrinfo', ['-ro', '-so', '-al', file]);
    const features = Number(/Feature Count: (\d+)/.exec(out)?.[1]);
    runs.push({
      client: 'ogrinfo (file)',
      version,
      what: `\`/v1/${list}.${format}\``,
      read: `${features} features, ${/Geometry: (.+)/.exec(out)?.[1] ?? ''}`,
      isRight: features === asJson.items.length && features > 0,
    });
  }
  return runs;
}

async function promtoolRun(url: string, key: string): Promise<ClientRun> {
  const headers = { authorization: `Bearer ${key}` };
  const text = await (await fetch(`${url}/metrics`, { headers })).text();
  const version = /version ([^ ,+]+)/.exec(await run('promtool', ['--version']))?.[1] ?? '';
  const { code, out } = await answered('promtool', ['check', 'metrics'], text);
  const samples = text.split('\n').filter((line) => line !== '' && !line.startsWith('#')).length;
  return {
    client: 'promtool check metrics',
    version,
    what: '`/metrics`',
    read: `${samples} samples, ${out.trim() === '' ? 'no complaint' : out.trim()}`,
    isRight: code === 0 && samples > 0 && out.trim() === '',
  };
}

async function xmllintRun(url: string, folder: string): Promise<ClientRun> {
  const file = await fetched(`${url}/v1/alerts.atom?limit=200`, join(folder, 'alerts.atom'));
  const version = /version (\d+)/.exec((await answered('xmllint', ['--version'])).out)?.[1] ?? '';
  const entries = await run('xmllint', ['--nonet', '--xpath', 'count(//*[local-name()="entry"])', file]);
  return {
    client: 'xmllint',
    version,
    what: '`/v1/alerts.atom`',
    read: `well-formed, ${entries.trim()} entries`,
    isRight: Number(entries) > 0,
  };
}

async function fetched(address: string, file: string): Promise<string> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  await writeFile(file, Buffer.from(await answer.arrayBuffer()));
  return file;
}

async function run(program: string, words: readonly string[]): Promise<string> {
  return (await promisify(execFile)(program, words, { timeout: 300_000, maxBuffer: 1 << 26 })).stdout;
}

/** Runs a program that may complain; what it prints anywhere, and its exit code. */
function answered(
  program: string,
  words: readonly string[],
  input = '',
): Promise<{ readonly code: number; readonly out: string }> {
  return new Promise((resolve) => {
    const child = execFile(program, words, { timeout: 60_000 }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : 1, out: stdout + stderr });
    });
    // A program that reads nothing closes its end.
    child.stdin?.on('error', () => undefined).end(input);
  });
}
