import type { Language } from '@offing/alerts';
import type { PublicAlert } from '../schemas/event.ts';
import { alertPath } from '../shapes/alert-path.ts';
import { alertFacts, syntheticMark } from './facts.ts';
import { html, type Html } from './html.ts';
import { severityMark } from './severity-mark.ts';
import { ruleText } from './words/rule-texts.ts';

/** Returns an alert as it stands in the list: severity, sentence, and what is known of it. */
export function alertItem(alert: PublicAlert): Html {
  return alertItemIn(alert, 'en');
}

/** Returns the same with its words in a language. */
export function alertItemIn(alert: PublicAlert, language: Language): Html {
  return html`<li>
    <article class="alert edge-${alert.severity} ${alert.state}" aria-labelledby="alert-${alert.id}">
      <p class="marks">
        ${severityMark(alert.severity, language)}<span class="rule"
          >${ruleText(alert.type, language)?.title ?? alert.type}</span
        >
      </p>
      <h3
        id="alert-${alert.id}"
        data-alert="${alert.id}"
        data-lon="${alert.lon}"
        data-lat="${alert.lat}"
        data-severity="${alert.severity}"
        data-synthetic="${String(alert.synthetic)}"
      >
        <a href="${alertPath(alert.id)}" lang="${alert.sentenceLang ?? 'en'}">${alert.sentence}</a>
      </h3>
      ${syntheticMark(alert.synthetic, language)} ${alertFacts(alert, language)}
    </article>
  </li>`;
}
