// Measures decoding, CSV, writing, the whole path and the API, each beside its peers, and writes bench/results/<date>-<cpu>.json.
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, release, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { benchApi } from './api.ts';
import { benchCsv } from './csv.ts';
import { benchDecode } from './decode.ts';
import { benchEncounters } from './encounters.ts';
import { benchEndToEnd } from './end-to-end.ts';
import { benchFold } from './fold.ts';
import { benchLookups } from './lookups.ts';
import { benchWrite } from './write.ts';

const PARTS = {
  decode: benchDecode,
  csv: benchCsv,
  lookups: benchLookups,
  encounters: benchEncounters,
  fold: benchFold,
  write: benchWrite,
  endToEnd: benchEndToEnd,
  api: benchApi,
} as const;

const wanted = process.argv.slice(2).filter((word) => word !== '--full');
if (wanted.includes('--help') || wanted.some((name) => !(name in PARTS))) {
  console.log(
    `npm run bench [-- ${Object.keys(PARTS).join(' | ')}]: all of them when none is named; only then the results are kept; --full asks the API with two million alerts`,
  );
  process.exit(wanted.includes('--help') ? 0 : 2);
}

const machine = {
  cpu: cpus()[0].model,
  cores: cpus().length,
  memoryGb: Math.round(totalmem() / 1e9),
  node: process.versions.node,
  kernel: release(),
};
console.log(`${machine.cpu}, ${machine.cores} cores, ${machine.memoryGb} GB, Node ${machine.node}`);
const results: Record<string, unknown> = { machine };
for (const [name, bench] of Object.entries(PARTS))
  if (wanted.length === 0 || wanted.includes(name)) results[name] = await bench();

const { fold, endToEnd } = results as {
  readonly fold?: Awaited<ReturnType<typeof benchFold>>;
  readonly endToEnd?: Awaited<ReturnType<typeof benchEndToEnd>>;
};
if (fold !== undefined && endToEnd !== undefined) {
  // Of all the processor time that a position takes from its file to what can be asked for.
  const allUs = endToEnd.cpuUsPerPosition.node + endToEnd.cpuUsPerPosition.postgres;
  const percent = (share: number): number => Math.round(share * 1000) / 10;
  const shares = {
    ofTheRateWithThreeRules: percent((allUs - fold.allRulesUs + fold.threeRulesUs) / allUs),
    reception: percent(fold.receptionUs / allUs),
  };
  console.log(
    `shares  with all rules ${shares.ofTheRateWithThreeRules} % of the rate with three; hearing takes ${shares.reception} % of the time`,
  );
  results['sharesPercent'] = shares;
}

if (wanted.length === 0) {
  const folder = fileURLToPath(new URL('results/', import.meta.url));
  await mkdir(folder, { recursive: true });
  const cpu = machine.cpu
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  const file = `${folder}${new Date().toISOString().slice(0, 10)}-${cpu}.json`;
  await writeFile(file, `${JSON.stringify(results, null, 2)}\n`);
  console.log(`kept in bench/results/${file.slice(folder.length)}`);
}
