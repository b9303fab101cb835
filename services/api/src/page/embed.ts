import { plainUtc } from '@offing/units';
import type { PublicAlert } from '../schemas/event.ts';
import type { PortFigures } from '../schemas/port-detail.ts';
import type { PublicPort } from '../schemas/port.ts';
import { alertPath } from '../shapes/alert-path.ts';
import { alertItem } from './alert-item.ts';
import { html, type Html } from './html.ts';
import { bothNames, portPath } from './port-name.ts';
import { mapCredit } from './port-picture.ts';
import { portVisits } from './port-visits.ts';
import { wholePage } from './whole-page.ts';

/** Returns a small page for a frame on someone else's: its links open beside it, and it says whose it is. */
function framed(title: string, main: Html, path: string, watermark: number | null): string {
  const judged = watermark === null ? '' : `Judged up to ${plainUtc(watermark)}. `;
  return wholePage(
    'en',
    title,
    html`<base target="_blank" />`,
    html`<body class="embed">
      <main id="main">${main}</main>
      <footer>
        <p>
          ${judged}A reason to look, never a proof.
          <a href="${path}" rel="noopener">See it whole, with its evidence, at Offing</a>
        </p>
      </footer>
    </body>`,
  );
}

/** Returns the latest alerts of a view for a frame; `query` is that of the view. */
export function embeddedAlerts(
  alerts: readonly PublicAlert[],
  query: string,
  watermark: number | null,
): string {
  const list =
    alerts.length === 0
      ? html`<p class="empty">No alert matches.</p>`
      : html`<ol class="alerts">
          ${alerts.map(alertItem)}
        </ol>`;
  const main = html`<h1>Alerts</h1>
    <h2 class="hidden">The latest</h2>
    ${list}`;
  return framed('Alerts – Offing', main, query === '' ? '/' : `/?${query}`, watermark);
}

/** Returns one alert for a frame, with its map. */
export function embeddedAlert(alert: PublicAlert, watermark: number | null): string {
  const picture = `/v1/alerts/${encodeURIComponent(alert.id)}.png?size=small&part=map`;
  const main = html`<h1 class="hidden">Alert</h1>
    <h2 class="hidden">What was seen</h2>
    <ol class="alerts">
      ${alertItem(alert)}
    </ol>
    <figure class="map">
      <img src="${picture}" alt="Map of what the alert tells" width="600" loading="lazy" />
      <figcaption>${mapCredit()}</figcaption>
    </figure>`;
  return framed('Alert – Offing', main, alertPath(alert.id), watermark);
}

/** Returns a port for a frame: who hovers now, and visits per week. */
export function embeddedPort(
  port: PublicPort,
  waiting: readonly PublicAlert[],
  figures: PortFigures,
  watermark: number | null,
): string {
  const hovering =
    waiting.length === 0
      ? html`<p>None is told. Where nobody listens, nobody is seen.</p>`
      : html`<ol class="alerts">
          ${waiting.map(alertItem)}
        </ol>`;
  const main = html`<h1>${bothNames(port)}</h1>
    <h2>Who hovers now</h2>
    ${hovering}
    <h2>Visits per week</h2>
    ${portVisits(port.name, figures)}`;
  return framed(`${port.name} – Offing`, main, portPath(port.id), watermark);
}
