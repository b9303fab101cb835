import { writeFile } from 'node:fs/promises';
import { evidenceBundle, makeAlertPictures } from '@offing/api';
import { OffingError } from '@offing/kit';
import { AT_LENGTH, withReader } from '../database.ts';
import { instantFlag } from '../flags.ts';
import { loadGazetteerOf } from '../reference.ts';
import { VERSION } from '../version.ts';

/** Flags of `evidence` as the command line gives them. */
export type EvidenceFlags = {
  readonly out?: string;
  readonly asOf?: string;
  readonly url: string;
  readonly data: string;
};

/** Runs `offing evidence`: writes the bundle of an alert and says where. */
export async function writeEvidence(alertId: string, flags: EvidenceFlags): Promise<void> {
  const asOf = flags.asOf === undefined ? {} : { asOf: instantFlag('--as-of', flags.asOf, 'last') };
  await withReader(
    flags.data,
    async (reader, { url }) => {
      const pictures = makeAlertPictures(reader, (await loadGazetteerOf(url)).ports);
      const origin = flags.url.replace(/\/+$/, '');
      const bundle = await evidenceBundle(reader, pictures, {
        alertId,
        ...asOf,
        origin,
        version: VERSION,
      });
      if (bundle === null)
        throw new OffingError('no-alert', `there is no alert ${alertId}`, { value: alertId });
      const path = flags.out ?? bundle.fileName;
      await writeFile(path, bundle.bytes);
      process.stdout.write(
        `${path}: ${bundle.bytes.length} bytes; unpack it and run sha256sum -c SHA256SUMS\n`,
      );
    },
    AT_LENGTH,
  );
}
