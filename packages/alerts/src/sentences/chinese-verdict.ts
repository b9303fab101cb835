import type { EventDraft } from '@offing/rules';
import { doubtOf } from './verdict-words.ts';

/** Returns what the verdict on a silence means, in cautious Chinese. */
export function chineseVerdict(event: EventDraft): string {
  const witnesses = Number(event.evidence['witnesses']);
  if (event.verdict === 'silent')
    return `其间收到该区域内另外 ${witnesses} 艘同类船舶的信号，与应答器被关闭或发生故障的情形相符`;
  if (event.verdict === 'void') return '接收站本身中断，或该 MMSI 由多船共用';
  const doubt = doubtOf(event);
  if (doubt !== null && Object.hasOwn(DOUBTS, doubt)) return DOUBTS[doubt];
  return `收到的他船信号太少（${witnesses} 艘），无法区分船舶静默与接收缺失`;
}

const DOUBTS: Readonly<Record<string, string>> = {
  'leaving-coverage': '它似正驶出接收站的覆盖范围，因此这对该船说明不了什么',
  'out-when-it-fell-silent': '信号消失时接收站已中断，恢复时它可能已在任何地方',
  'fell-silent-together': '周围其他船同时失去信号，与接收盲区的情形相符',
  'maybe-moored': '它静止于海岸情况不明之处，可能已靠泊',
  'harbour-bound': '它是驶向岸边的小艇，可能停在港内并关闭了应答器',
  'outage-nearby': '信号消失时附近接收站已中断，它可能驶出了其余接收站能收到的范围',
  'ships-vanish-here': '船舶常在该处失去信号，与接收站覆盖边缘的情形相符',
  'heard-too-briefly': '此前收到它的时间太短，无从得知对它的接收情况',
  'own-interval': '此前也很少收到该船，因此这对它说明不了什么',
  'few-hours-with-witness': '只在过少的小时内收到他船，无法区分船舶静默与接收缺失',
  'not-heard-early': '它失去信号时没有收到他船，无法区分接收缺失与船舶静默',
};
