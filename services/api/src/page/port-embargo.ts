import type { PortFigures } from '../schemas/port-detail.ts';
import type { EmbargoAnswer, EmbargoComparison, EmbargoSpan } from '../schemas/embargo.ts';
import { html, type Html } from './html.ts';
import { heardBy } from './port-visits.ts';
import { weekChart } from './week-chart.ts';

const ANSWERS: Readonly<Record<EmbargoAnswer, string>> = {
  fewer: 'Fewer such visits were seen afterwards.',
  more: 'More such visits were seen afterwards.',
  'about-as-many': 'About as many such visits were seen afterwards.',
  'cannot-tell': 'It cannot be told whether visits changed.',
};

/** Returns the bans that were announced for a port, on the visits that they are about, and what came of each; null without one. */
export function portEmbargo(
  name: string,
  { embargo, visitsPerWeek, heardPerWeek }: PortFigures,
): Html | null {
  if (embargo.length === 0) return null;
  const values = new Map(
    visitsPerWeek.map(({ week, flags }) => [week, flags.find(({ flag }) => flag === 'KP')?.visits ?? 0]),
  );
  return html`<p class="note">
      What authorities were reported to have announced for ${name}, beside what ships did. Visits that nobody
      heard are in no figure, so before and after are compared by the hours in which the port was heard. A
      change after a ban is not yet one because of it.
    </p>
    ${weekChart({
      title: `Visits to ${name} by ships under the flag of North Korea, per week; numbers mark the announcements below`,
      series: [{ name: 'North Korea', values }],
      heard: heardBy(heardPerWeek),
      marks: embargo.map(({ announcement }) => Date.parse(announcement.firstDay)),
    })}
    <ol class="bans">
      ${embargo.map(ban)}
    </ol>`;
}

function ban({ announcement, counted, before, after, answer, why }: EmbargoComparison): Html {
  const until = announcement.lastDay === null ? 'on' : `to ${announcement.lastDay}`;
  const denied =
    announcement.deniedBy === null
      ? ''
      : ` Denied by ${announcement.deniedBy}${announcement.deniedOn === null ? '' : ` on ${announcement.deniedOn}`}.`;
  return html`<li>
    <p>
      <strong>From ${announcement.firstDay} ${until}: ${announcement.bars}</strong>${
        announcement.allPorts ? ' (all ports of the country)' : ''
      }.
      Announced by ${announcement.announcedBy}, reported by ${announcement.reportedBy}.${denied}
    </p>
    <p>${ANSWERS[answer]} <span class="note">Because: ${why}.</span></p>
    ${
      counted === null || before === null || after === null
        ? null
        : html`<p class="note">
            ${counted === 'nexus' ? 'Ships with a dated link to the DPRK' : 'Ships under the DPRK’s flag'}:
            ${spanWords(before)} in the time before, ${spanWords(after)} after.
          </p>`
    }
  </li>`;
}

function spanWords({ visits, heardShare }: EmbargoSpan): string {
  return `${visits} ${visits === 1 ? 'visit' : 'visits'} (heard ${Math.round(heardShare * 100)} % of the time)`;
}
