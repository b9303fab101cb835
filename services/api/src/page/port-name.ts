import type { PublicPort } from '../schemas/port.ts';
import { localLanguage } from './country-name.ts';
import { html, type Html } from './html.ts';

type Named = Pick<PublicPort, 'name' | 'localName' | 'country'>;

/** Returns a port's name, and beside it the one in the script of its country where that is known. */
export function bothNames({ name, localName, country }: Named): Html {
  if (localName === null) return html`${name}`;
  return html`${name} <span class="local" lang="${localLanguage(country)}">${localName}</span>`;
}

/** Returns the address of a port's page. */
export function portPath(id: string): string {
  return `/ports/${encodeURIComponent(id)}`;
}
