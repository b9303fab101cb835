// Writes the labelled scenarios of recordings/labelled anew: node --import tsx --conditions=source packages/testkit/build/make-scenarios.ts
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { SCENARIOS } from '../src/scenarios/index.ts';
import { csvOf, labelsOf } from '../src/scenarios/csv.ts';

const FOLDER = fileURLToPath(new URL('../../../recordings/labelled/', import.meta.url));

mkdirSync(FOLDER, { recursive: true });
for (const scenario of SCENARIOS) {
  const packed = gzipSync(csvOf(scenario), { level: 9 });
  writeFileSync(join(FOLDER, `${scenario.file}.csv.gz`), packed);
  console.log(`${scenario.file}: ${scenario.lines.length} lines, ${packed.length} bytes`);
}
writeFileSync(join(FOLDER, 'expected.json'), labelsOf(SCENARIOS));
