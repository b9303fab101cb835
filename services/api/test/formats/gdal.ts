import { spawnSync } from 'node:child_process';

/** Whether GDAL's programs are there; CI installs them. */
export const hasGdal = spawnSync('ogrinfo', ['--version']).error === undefined;

if (!hasGdal)
  process.stderr.write('ogrinfo is not installed: the tests that read files with GDAL are left out\n');
