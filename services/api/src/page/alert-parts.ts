import type { PublicAlert } from '../schemas/event.ts';
import { html, type Html } from './html.ts';
import { ruleTitle } from './words.ts';
import type { AlertWords } from './words/alert-words.ts';

/** Returns the map of an alert, as the server drew it: coast, track, the dashed gap, what was in reach, places. */
export function mapFigure(alert: PublicAlert, path: string): Html {
  const known = encodeURIComponent(alert.knownSince);
  const place = alert.port === null ? `${alert.lat}° ${alert.lon}°` : `the waters off ${alert.port.name}`;
  return html`<figure class="sea-picture" id="sea-picture">
    <a href="/v1${path}.png?as_of=${known}&amp;size=large"
      ><img
        src="/v1${path}.png?as_of=${known}&amp;part=map"
        width="1200"
        height="630"
        alt="Map of ${place}: positions as received as a line, a silence dashed, its ends as red rings."
    /></a>
    <figcaption>
      Line: positions as received. Dashed: not heard. Shaded: what was in reach meanwhile, where that is not
      all that is shown. Coast © OpenStreetMap contributors.
    </figcaption>
  </figure>`;
}

/** Returns where the alert can be taken to: as one file, as a picture, into a mail. */
export function shareLinks(alert: PublicAlert, path: string, address: string, words: AlertWords): Html {
  const known = encodeURIComponent(alert.knownSince);
  const cited = `${address}?as_of=${known}`;
  const subject = encodeURIComponent(
    `Offing: ${ruleTitle(alert.type)}${alert.synthetic ? ' [synthetic]' : ''}`,
  );
  const body = encodeURIComponent(`${alert.sentence}\n\n${cited}`);
  return html`<ul>
    <li><a href="/v1${path}/bundle.zip?as_of=${known}">${words.bundle}</a> ${words.bundleNote}</li>
    <li><a href="/v1${path}.png?as_of=${known}">${words.picture}</a> (PNG)</li>
    <li><a href="mailto:?subject=${subject}&amp;body=${body}">${words.mail}</a></li>
  </ul>`;
}

/** Returns the end of a sentence that asks for a reply: the contact, or that there is none, in words that are given. */
export function contactLine(contact: string | null, subject: string, noContact: string): Html {
  if (contact === null) return html`. ${noContact}`;
  const href = contact.includes('://') ? contact : `mailto:${contact}?subject=${encodeURIComponent(subject)}`;
  return html`: <a href="${href}" rel="noreferrer noopener external">${contact}</a>.`;
}

/** Returns what programs that show a link to an alert read of it. */
export function previewTags(alert: PublicAlert, address: string, origin: string, path: string): Html {
  const mark = alert.synthetic ? '[synthetic] ' : '';
  const title = `${mark}${ruleTitle(alert.type)}${alert.port === null ? '' : ` off ${alert.port.name}`}`;
  const image = `${origin}/v1${path}.png?as_of=${encodeURIComponent(alert.knownSince)}`;
  return html`<meta name="description" content="${alert.sentence}" />
    <meta property="og:type" content="article" />
    <meta property="og:site_name" content="Offing" />
    <meta property="og:title" content="${title}" />
    <meta property="og:description" content="${alert.sentence}" />
    <meta property="og:url" content="${address}" />
    <meta property="og:image" content="${image}" />
    <meta property="og:image:width" content="1200" />
    <meta property="og:image:height" content="630" />
    <meta property="og:image:alt" content="${alert.sentence}" />
    <meta name="twitter:card" content="summary_large_image" />`;
}
