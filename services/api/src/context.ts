import type { Reader } from '@offing/store';
import type { PublicPort } from './schemas/port.ts';

/** What the API needs of a gazetteer: the ports, and the version of the data. */
export type PortSource = { readonly ports: readonly PublicPort[]; readonly version: string };

/** What routes work with. */
export type ApiContext = {
  readonly reader: Reader;
  readonly gazetteer: PortSource | undefined;
  /** Version of the program. */
  readonly version: string;
};
