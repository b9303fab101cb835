import type { PublicAlert } from '../schemas/event.ts';
import { alertPath } from '../shapes/alert-path.ts';
import { alertFacts, syntheticMark } from './facts.ts';
import { html, type Html } from './html.ts';
import { severityMark } from './severity-mark.ts';
import { ruleTitle } from './words.ts';

/** Returns an alert as it stands in the list: severity, sentence, and what is known of it. */
export function alertItem(alert: PublicAlert): Html {
  return html`<li>
    <article class="alert edge-${alert.severity} ${alert.state}" aria-labelledby="alert-${alert.id}">
      <p class="marks">${severityMark(alert.severity)}<span class="rule">${ruleTitle(alert.type)}</span></p>
      <h3
        id="alert-${alert.id}"
        data-alert="${alert.id}"
        data-lon="${alert.lon}"
        data-lat="${alert.lat}"
        data-severity="${alert.severity}"
        data-synthetic="${String(alert.synthetic)}"
      >
        <a href="${alertPath(alert.id)}">${alert.sentence}</a>
      </h3>
      ${syntheticMark(alert.synthetic)} ${alertFacts(alert)}
    </article>
  </li>`;
}
