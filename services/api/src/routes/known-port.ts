import type { ApiContext, PortSource } from '../context.ts';
import { Problem } from '../plugins/problem.ts';
import type { PublicPort } from '../schemas/port.ts';

/** Returns the gazetteer; throws the problem that says that none is loaded. */
export function loadedGazetteer({ gazetteer }: ApiContext): PortSource {
  if (gazetteer === undefined) throw new Problem('reference-missing', 'No gazetteer is loaded; see /readyz');
  return gazetteer;
}

/** Returns the port of an id; throws the problem that says that there is none. */
export function knownPort(gazetteer: PortSource, id: string): PublicPort {
  const port = gazetteer.ports.find((one) => one.id === id);
  if (port === undefined) throw new Problem('not-found', `There is no port ${id}`);
  return port;
}
