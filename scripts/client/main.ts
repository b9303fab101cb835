import { writeFile } from 'node:fs/promises';
import { clientTypes, TYPES_FILE } from './types.ts';

await writeFile(TYPES_FILE, await clientTypes());
