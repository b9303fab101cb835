import type { EventDraft } from '@offing/rules';
import { doubtOf } from './verdict-words.ts';

/** Returns what the verdict on a silence means, in cautious Korean. */
export function koreanVerdict(event: EventDraft): string {
  const witnesses = Number(event.evidence['witnesses']);
  if (event.verdict === 'silent')
    return `그동안 이 해역에서 같은 급의 다른 선박 ${witnesses}척이 수신되었으며, 이는 송신기가 꺼졌거나 고장 난 경우와 부합합니다`;
  if (event.verdict === 'void') return '수신국 자체가 끊겼거나 여러 선박이 이 MMSI를 함께 씁니다';
  const doubt = doubtOf(event);
  if (doubt !== null && Object.hasOwn(DOUBTS, doubt)) return DOUBTS[doubt];
  return `다른 선박의 수신이 너무 적어(${witnesses}척) 침묵한 선박인지 수신 누락인지 가릴 수 없습니다`;
}

const DOUBTS: Readonly<Record<string, string>> = {
  'leaving-coverage': '수신 범위를 벗어나는 중이었던 것으로 보여 이 선박에 대해 말해 주는 것이 적습니다',
  'out-when-it-fell-silent':
    '신호가 끊겼을 때 수신국이 끊겨 있어, 수신이 되살아났을 때 어디에 있었는지 알 수 없습니다',
  'fell-silent-together': '주변의 다른 선박도 동시에 끊겼으며, 이는 수신 공백과 부합합니다',
  'maybe-moored': '해안을 알 수 없는 곳에 멈춰 있어 접안 중이었을 수 있습니다',
  'harbour-bound': '해안으로 가던 소형선이라 송신기를 끄고 항구에 있을 수 있습니다',
  'outage-nearby':
    '신호가 끊겼을 때 가까운 수신국이 끊겨 있었고, 나머지 수신국의 범위 밖으로 항해했을 수 있습니다',
  'ships-vanish-here': '그곳에서는 선박이 자주 끊기며, 이는 수신 범위의 가장자리와 부합합니다',
  'heard-too-briefly': '수신된 시간이 너무 짧아 얼마나 잘 수신되는지 알 수 없습니다',
  'own-interval': '이전에도 드물게 수신되어 이 선박에 대해 말해 주는 것이 적습니다',
  'few-hours-with-witness':
    '다른 선박이 수신된 시간이 너무 적어 침묵한 선박인지 수신 누락인지 가릴 수 없습니다',
  'not-heard-early': '신호가 끊겼을 때 다른 선박이 수신되지 않아 수신 누락인지 침묵인지 가릴 수 없습니다',
};
