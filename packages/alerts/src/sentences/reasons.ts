import type { Language } from '../language.ts';

type Translated = { readonly zh: string; readonly ko: string };

/** Why versions exist and why they were taken back, by the English words of rules and engine. */
const REASONS: Readonly<Record<string, Translated>> = {
  'positions that arrived later changed it': {
    zh: '随后到达的船位使其改变',
    ko: '뒤늦게 도착한 위치로 내용이 바뀌었음',
  },
  'with positions that arrived later nothing of this remains': {
    zh: '加入随后到达的船位后，此事不复存在',
    ko: '뒤늦게 도착한 위치를 더하면 남는 것이 없음',
  },
  'the receivers were out: no more than the threshold of silence remains outside outages': {
    zh: '接收站中断：扣除中断后，剩余静默不超过阈值',
    ko: '수신국 장애: 장애 시간을 빼면 남는 침묵이 기준을 넘지 않음',
  },
  'the ship was on its way out of the water that the receivers hear': {
    zh: '该船当时正驶离接收站能收到的水域',
    ko: '배가 수신 가능 수역을 벗어나는 중이었음',
  },
  'the MMSI was heard from a place this ship could not have reached: several hulls share it': {
    zh: '在该船不可能到达之处收到同一 MMSI：数艘船共用该号码',
    ko: '이 배가 갈 수 없는 곳에서 같은 MMSI가 수신됨: 여러 선박이 함께 씀',
  },
  'no list holds the ship any longer': { zh: '已没有清单列有该船', ko: '이 배를 올린 명단이 더 이상 없음' },
  'it sends the IMO number of another ship, so that it was not the one on the list': {
    zh: '它发送的是另一艘船的 IMO 编号，因此不是清单所列之船',
    ko: '다른 배의 IMO 번호를 송신하므로 명단의 배가 아니었음',
  },
  'it was learnt that the list had removed the ship before': {
    zh: '获悉清单此前已删除该船',
    ko: '명단이 그전에 이 배를 삭제했음을 알게 됨',
  },
  'the lists that hold the ship changed': { zh: '列有该船的清单有变', ko: '이 배를 올린 명단이 바뀜' },
  'the ship sends the draught of before again: the other was a slip of the hand': {
    zh: '该船又发送先前的吃水：另一数值系误输',
    ko: '이전 흘수를 다시 송신함: 다른 값은 입력 실수였음',
  },
  'its ship type or status is that of a craft at work off the port': {
    zh: '其船舶类型或状态属于在港外作业的船',
    ko: '선종 또는 상태가 항외에서 작업하는 배의 것임',
  },
  'its ship type, class or status is that of a craft at work': {
    zh: '其船舶类型、等级或状态属于作业船',
    ko: '선종, 등급 또는 상태가 작업선의 것임',
  },
  'what it said before came back': { zh: '先前的信息又恢复', ko: '이전 정보가 다시 나타남' },
  'the MMSI before it was heard again elsewhere': {
    zh: '先前的 MMSI 在别处又被收到',
    ko: '이전 MMSI가 다른 곳에서 다시 수신됨',
  },
  'hulls of the MMSI are heard in turn: several ships share it, and none of them jumped': {
    zh: '交替收到该 MMSI 下的数艘船：它们共用号码，并无跳变',
    ko: '그 MMSI의 선박들이 번갈아 수신됨: 여러 배가 함께 쓰며 어느 것도 급변하지 않았음',
  },
  'the ship stopped at the berths of another port without leaving between': {
    zh: '该船未离开即停靠了另一港口的泊位',
    ko: '떠나지 않고 다른 항만의 선석에 정박함',
  },
  'the ship called at a port of that state': { zh: '该船停靠了该国港口', ko: '배가 그 나라의 항만에 기항함' },
};

/** Reasons with a figure or a word of their own in them. */
const PATTERNS: readonly (readonly [RegExp, (found: RegExpExecArray) => Translated])[] = [
  [
    /^the verdict was (\w+)$/,
    ([, verdict]) => ({
      zh: `先前的判定为“${VERDICTS[verdict]?.zh ?? verdict}”`,
      ko: `이전 판정은 ‘${VERDICTS[verdict]?.ko ?? verdict}’이었음`,
    }),
  ],
  [
    /^one of the two was not heard for (\S+) days$/,
    ([, days]) => ({ zh: `两者之一有 ${days} 天未被收到`, ko: `둘 중 하나가 ${days}일 동안 수신되지 않음` }),
  ],
  [
    /^its hulls were not heard in turn for (\S+) d$/,
    ([, days]) => ({
      zh: `其各船有 ${days} 天未交替收到`,
      ko: `그 선박들이 ${days}일 동안 번갈아 수신되지 않음`,
    }),
  ],
  [
    /^what was seen since looks like (.+)$/,
    ([, look]) => ({
      zh: `此后所见与${LOOK_ALIKES[look]?.zh ?? '寻常情形'}相似`,
      ko: `이후 관측된 모습은 ${LOOK_ALIKES[look]?.ko ?? '평범한 상황'}의 경우와 비슷함`,
    }),
  ],
];

const VERDICTS: Readonly<Record<string, Translated | undefined>> = {
  silent: { zh: '静默', ko: '침묵' },
  unobserved: { zh: '未能观测', ko: '관측 불가' },
  void: { zh: '无效', ko: '무효' },
};

const LOOK_ALIKES: Readonly<Record<string, Translated | undefined>> = {
  'one ship with two transponders': { zh: '一艘船装有两台应答器', ko: '한 배의 두 송신기' },
  'ships that move together': { zh: '结伴航行的船舶', ko: '함께 움직이는 배들' },
  'fishing boats at work': { zh: '作业中的渔船', ko: '조업 중인 어선' },
  'small craft': { zh: '小艇', ko: '소형선' },
  'a tug and its tow': { zh: '拖船与被拖船', ko: '예인선과 피예인선' },
  'a craft at work': { zh: '作业船', ko: '작업선' },
  'a ship at a berth': { zh: '靠泊的船', ko: '접안한 선박' },
  'ships in one anchorage': { zh: '同在一处锚地的船舶', ko: '같은 묘박지의 선박들' },
};

/** Returns a reason in a language; null for one that is known in English alone. */
export function reasonIn(reason: string, language: Language): string | null {
  if (language === 'en') return reason;
  if (Object.hasOwn(REASONS, reason)) return REASONS[reason][language];
  for (const [pattern, translate] of PATTERNS) {
    const found = pattern.exec(reason);
    if (found !== null) return translate(found)[language];
  }
  return null;
}
