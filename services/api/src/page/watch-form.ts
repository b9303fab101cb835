import { RULE_TITLES } from './words.ts';
import { SEVERITIES, VERDICTS } from '../schemas/vocabulary.ts';
import type { publicPreview } from '../shapes/watchlist.ts';
import type { WatchFields } from '../watching/watch-form.ts';
import { html, type Html } from './html.ts';
import type { Reading } from './shell.ts';
import { ruleText } from './words/rule-texts.ts';
import { WATCH_WORDS, type WatchWords } from './words/watch-words.ts';

/** What a filter would have told. */
export type Preview = ReturnType<typeof publicPreview>;

/** What the form shows beside its fields. */
export type WatchFormView = {
  readonly fields: WatchFields;
  /** Null where what was asked for is faulty. */
  readonly preview: Preview | null;
  /** What speaks against saving it; each a line. */
  readonly faults: readonly string[];
  /** Filters of the view that it came from and that it cannot keep. */
  readonly leftOut: readonly string[];
  /** Names of ports that the gazetteer does not know. */
  readonly unknownPorts: readonly string[];
  /** What a form must send; null where the browser sends no cookie. */
  readonly csrf: string | null;
};

/** Returns the form that makes or changes a watchlist: what it watches, what that would have told, and the guard against too much. */
export function watchForm(action: string, view: WatchFormView, isNew: boolean, reading: Reading): Html {
  const words = WATCH_WORDS[reading.language];
  const { fields, preview } = view;
  const line = (name: keyof WatchFields, label: string, hint: string) =>
    html`<label
      >${label}<input
        name="${name}"
        value="${String(fields[name])}"
        placeholder="${hint}"
        autocomplete="off"
        maxlength="4000"
    /></label>`;
  const hasMore = [fields.mmsi, fields.imoNumbers, fields.vesselIds, fields.lists, fields.polygons].some(
    (text) => text !== '',
  );
  return html`<form
    action="${action}"
    method="post"
    class="watch"
    aria-label="${isNew ? words.makeTitle : words.changeTitle}"
  >
    ${csrfField(view.csrf)} ${notices(view, words)}
    <label
      >${words.name}<input name="name" value="${fields.name}" required maxlength="100" autocomplete="off"
    /></label>
    ${line('ports', words.ports, words.portsHint)}
    <label
      >${words.severity}<select name="minSeverity">
        ${SEVERITIES.map((severity) => option(severity, severity, fields.minSeverity))}
      </select></label
    >
    <details>
      <summary>${words.rules}</summary>
      ${RULE_TITLES.map(([id, title]) =>
        checkbox('rules', id, ruleText(id, reading.language)?.title ?? title, fields.rules.includes(id)),
      )}
    </details>
    <details>
      <summary>${words.verdicts}</summary>
      ${VERDICTS.map((verdict) => checkbox('verdicts', verdict, verdict, fields.verdicts.includes(verdict)))}
    </details>
    ${hasMore ? html`<details open>${moreFields(line, fields, words)}</details>` : html`<details>${moreFields(line, fields, words)}</details>`}
    ${checkbox('synthetic', 'true', words.synthetic, fields.synthetic)}
    ${preview?.wouldDrown === true ? checkbox('confirm', 'true', words.confirm, fields.confirm) : null}
    <button type="submit" name="deed" value="save">${isNew ? words.make : words.change}</button>
    <button type="submit" name="deed" value="preview" class="plain" formnovalidate>${words.preview}</button>
  </form>`;
}

type Line = (name: keyof WatchFields, label: string, hint: string) => Html;

function moreFields(line: Line, fields: WatchFields, words: WatchWords): Html {
  return html`<summary>${words.more}</summary>
    ${line('mmsi', words.mmsi, words.commas)} ${line('imoNumbers', words.imo, words.commas)}
    ${line('vesselIds', words.vessels, words.commas)} ${line('lists', words.lists, words.listsHint)}
    <label>${words.polygons}<textarea name="polygons" rows="3">${fields.polygons}</textarea></label>
    <p class="note">${words.anyOf}</p>`;
}

/** Returns the field with the token of our pages. */
export function csrfField(csrf: string | null): Html | null {
  return csrf === null ? null : html`<input type="hidden" name="csrf" value="${csrf}" />`;
}

/** Returns an option of a list, chosen or not. */
export function option(value: string, words: string, chosen: string): Html {
  return value === chosen
    ? html`<option value="${value}" selected>${words}</option>`
    : html`<option value="${value}">${words}</option>`;
}

function checkbox(name: string, value: string, words: string, isOn: boolean): Html {
  const box = isOn
    ? html`<input type="checkbox" name="${name}" value="${value}" checked />`
    : html`<input type="checkbox" name="${name}" value="${value}" />`;
  return html`<label class="check">${box} ${words}</label>`;
}

function notices({ preview, faults, leftOut, unknownPorts }: WatchFormView, words: WatchWords): Html {
  return html`${
    faults.length === 0
      ? null
      : html`<div class="notice" role="alert">
          <p>${words.faults}</p>
          <ul>
            ${faults.map((fault) => html`<li>${fault}</li>`)}
          </ul>
        </div>`
  }${leftOut.length === 0 ? null : html`<p class="note">${words.leftOut(leftOut.join(', '))}</p>`}${
    unknownPorts.length === 0
      ? null
      : html`<p class="notice">${words.unknownPorts(unknownPorts.join(', '))}</p>`
  }${preview === null ? null : previewText(preview, words)}`;
}

function previewText({ alerts, messages, from, to, limit, wouldDrown }: Preview, words: WatchWords): Html {
  if (from === null || to === null) return html`<p class="note">${words.previewNothing}</p>`;
  const told = words.previewText(alerts, messages, from.slice(0, 10), to.slice(0, 10));
  return html`<p class="note">${told}</p>
    ${wouldDrown ? html`<p class="notice">${words.drown(alerts, limit)}</p>` : null}`;
}
