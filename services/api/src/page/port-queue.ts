import type { PortFigures } from '../schemas/port-detail.ts';
import { html, type Html } from './html.ts';
import { heardBy } from './port-visits.ts';
import { weekChart } from './week-chart.ts';
import { weekTable } from './week-table.ts';

/** Returns how many ships usually wait off a port and for how long: in words, as a chart, and as a table. */
export function portQueueSection(name: string, { queue, heardPerWeek }: PortFigures): Html {
  const note = html`<p class="note">
    Ships wait off every port: for a berth, the tide, orders or weather. What is usual here tells what is not.
    Counted are ships that lay nearly still on the roads before they came to a berth, and ships that hover.
    Those that waited unheard are not.
  </p>`;
  const { perWeek, usualWaiting } = queue;
  if (perWeek.length === 0)
    return html`${note}
      <p>Nothing was heard here yet. ${limitWords(queue)}</p>`;
  return html`${note}
    <p>${usualWords(name, queue)} ${limitWords(queue)}</p>
    ${
      perWeek.some(({ synthetic }) => synthetic)
        ? html`<p class="synthetic">synthetic – made-up ships for demonstration are among them</p>`
        : null
    }
    ${weekChart({
      title: `Ships waiting off ${name}, on average over each week`,
      series: [
        {
          name: 'waiting',
          values: new Map(perWeek.map(({ week, meanWaiting }) => [week, meanWaiting])),
        },
      ],
      heard: heardBy(heardPerWeek),
      ...(usualWaiting === null ? {} : { level: { value: usualWaiting, words: `usual: ${usualWaiting}` } }),
    })}
    ${weekTable(
      'The queue per week',
      ['Waiting, on average', 'Most at one time', 'Came to a berth'],
      perWeek.map(({ week, meanWaiting, mostWaiting, called }) => [week, meanWaiting, mostWaiting, called]),
    )}`;
}

type Queue = PortFigures['queue'];

function usualWords(name: string, { usualWaiting, weeksHeard }: Queue): string {
  if (usualWaiting === null)
    return `Only ${weeksHeard} ${weeksHeard === 1 ? 'week was' : 'weeks were'} heard well enough here: too few to say how many ships usually wait.`;
  return `Usually ${usualWaiting} ships wait off ${name} at a time: the middle of the ${weeksHeard} weeks that were heard.`;
}

function limitWords({ basis, limitD, completedWaits, percentile95H, medianWaitH }: Queue): string {
  const middle =
    medianWaitH === null
      ? ''
      : ` Half of the waits that ended at a berth took less than ${hours(medianWaitH)}.`;
  if (basis === 'fixed')
    return `A wait longer than ${limitD} days is taken for more than queueing: the limit for ports whose own queue is not known well enough (${completedWaits} waits were seen to end at a berth).${middle}`;
  return `Of ${completedWaits} waits that ended at a berth 19 of 20 took less than ${hours(percentile95H ?? 0)}: one longer than ${limitD} days is taken for more than queueing.${middle}`;
}

function hours(value: number): string {
  return value < 48 ? `${Math.round(value)} hours` : `${Math.round(value / 2.4) / 10} days`;
}
