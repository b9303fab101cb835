import type { Language } from '@offing/alerts';
import { ruleBook, type EventType } from '@offing/rules';

/** What a rule is called, and the one sentence on what it raises. */
export type RuleText = { readonly title: string; readonly summary: string };

const ENGLISH = Object.fromEntries(
  ruleBook().map(({ id, docs }) => [id, { title: docs.title, summary: docs.summary }]),
) as Readonly<Record<EventType, RuleText>>;

const CHINESE: Readonly<Record<EventType, RuleText>> = {
  'dark-near-port': {
    title: '港口附近失去信号',
    summary:
      '一艘船从远处驶近受关注港口，随后超过阈值时间没有收到其信号；附有对这段静默的判定，以及静默期间有时间进行的靠泊。',
  },
  'designated-vessel': {
    title: '清单列名船舶',
    summary: '收到一艘船的信号，按其发送的号码，它当日在某份制裁清单上。',
  },
  'draught-change': { title: '吃水变化', summary: '船舶吃水比先前深或浅，而没有能够解释这一变化的靠港。' },
  'embargo-breach': {
    title: '禁令公告期间靠港',
    summary: '一艘船停靠了某港口，而一份有记录、有日期的公告不允许它进入该港。',
  },
  encounter: {
    title: '海上并靠',
    summary: '两艘船在海上并排停泊或漂航两小时以上，与转移货物、燃油或人员时的情形相似。',
  },
  'feed-outage': {
    title: '数据源中断',
    summary: '整个数据源或某地周围的接收站没有了信号：其间没有收到的信号不能说明任何船舶的情况。',
  },
  'first-seen-near-coast': {
    title: '近岸首次出现',
    summary: '一艘海船首次被收到时已靠近受关注港口，航向来自外海；其他船在外海被收到过，而它没有。',
  },
  hovering: {
    title: '港外滞留',
    summary: '一艘船在受关注港口外低速停留一天以上，其间没有靠港，并且有某一点使它有别于排队等泊的船。',
  },
  'identity-change': {
    title: '身份信息变更',
    summary:
      '一艘船变更了 IMO 编号、船名、呼号或尺度；或某个 IMO 编号转到另一 MMSI 下、由两艘船同时发送；或某个 MMSI 改用了另一 IMO 编号。',
  },
  'impossible-jump': {
    title: '船位异常跳变',
    summary: '同一 MMSI 前后各有数个船位，其间隐含的航速没有船能够达到。',
  },
  'irregular-grouping': {
    title: '异常聚集',
    summary: '在受关注港口外同时停留的、与朝鲜有带日期关联的船舶，多于该港自身历史所能解释的数量。',
  },
  loitering: {
    title: '停航徘徊',
    summary: '一艘船在远离岸边和港口处低速八小时以上，与在海上等待他船的情形相似。',
  },
  'port-visit': { title: '靠港', summary: '就所收到的信号而言，一艘船进港、停靠泊位后离开。' },
  'recent-dprk-call': {
    title: '近期曾靠朝鲜港口',
    summary:
      '某国规定靠过朝鲜港口的船在一定时间内不得进入，而一艘船在该期限内进入了该国的 12 海里水域或港口。',
  },
  'round-trip-without-call': {
    title: '未见靠港的往返',
    summary: '一艘船离开朝鲜水域，在他国沿岸外低速停留一天以上，然后返回，其间没有观测到靠港。',
  },
  'shared-mmsi': { title: '共用 MMSI', summary: '同一 MMSI 下交替收到数艘船的信号；它们的航迹分开保存。' },
  'transponder-gap': {
    title: 'AIS 信号中断',
    summary: '超过阈值时间没有收到一艘船的信号，并判定接收站当时能否收到它。',
  },
  'zone-entry': { title: '进入区域', summary: '一艘船进入或离开了用户划定的区域。' },
};

const KOREAN: Readonly<Record<EventType, RuleText>> = {
  'dark-near-port': {
    title: '항만 부근 신호 두절',
    summary:
      '선박이 먼 곳에서 감시 대상 항만으로 온 뒤 기준 시간을 넘겨 수신되지 않았습니다. 그 침묵에 대한 판정과, 그동안 가능했던 접안을 함께 알립니다.',
  },
  'designated-vessel': {
    title: '명단 등재 선박',
    summary: '송신한 번호에 따르면 그날 제재 명단에 올라 있는 선박이 수신되었습니다.',
  },
  'draught-change': {
    title: '흘수 변화',
    summary: '이를 설명할 기항이 없는데도 선박의 흘수가 이전보다 깊어지거나 얕아졌습니다.',
  },
  'embargo-breach': {
    title: '입항 제한 공고 중 기항',
    summary: '날짜가 기록된 공고가 입항을 막고 있는 항만에 선박이 기항했습니다.',
  },
  encounter: {
    title: '해상 접현',
    summary: '두 선박이 화물·연료·사람을 옮길 때처럼 두 시간 이상 나란히 머물거나 표류했습니다.',
  },
  'feed-outage': {
    title: '수신원 장애',
    summary:
      '수신원 전체 또는 어느 지역의 수신국이 끊겼습니다. 그동안 수신되지 않은 것은 선박에 대해 아무것도 말해 주지 않습니다.',
  },
  'first-seen-near-coast': {
    title: '연안 부근 최초 수신',
    summary:
      '외항선이 감시 대상 항만 가까이에서 처음 수신되었고 침로는 외해에서 오는 방향이었습니다. 외해에서 다른 선박들은 수신되었으나 이 선박은 그렇지 않았습니다.',
  },
  hovering: {
    title: '항외 장기 대기',
    summary:
      '선박이 감시 대상 항만 밖에서 하루 이상 저속으로 머물렀고 그동안 기항이 없었으며, 접안 순서를 기다리는 선박들과 구별되는 점이 있습니다.',
  },
  'identity-change': {
    title: '식별 정보 변경',
    summary:
      '선박의 IMO 번호, 선명, 호출부호 또는 크기가 바뀌었거나, IMO 번호가 다른 MMSI로 옮겨 가거나 두 선박에서 동시에 송신되었거나, MMSI가 다른 IMO 번호와 함께 쓰이게 되었습니다.',
  },
  'impossible-jump': {
    title: '위치 급변',
    summary: '한 MMSI의 앞뒤 여러 위치가 어떤 선박도 낼 수 없는 속력을 뜻합니다.',
  },
  'irregular-grouping': {
    title: '이례적 집결',
    summary:
      '북한과 날짜가 있는 연관 기록을 가진 선박이 감시 대상 항만 밖에 그 항만의 과거 기록으로 설명되는 것보다 많이 모여 있습니다.',
  },
  loitering: {
    title: '저속 배회',
    summary:
      '선박이 해안과 항만에서 먼 곳에서 여덟 시간 이상 저속이었습니다. 바다에서 다른 선박을 기다릴 때와 비슷합니다.',
  },
  'port-visit': {
    title: '기항',
    summary: '수신된 범위에서, 선박이 입항하여 선석에 정박한 뒤 떠났습니다.',
  },
  'recent-dprk-call': {
    title: '최근 북한 기항',
    summary:
      '북한에 기항한 선박의 입항을 일정 기간 막는 나라의 12해리 수역 또는 항만에 선박이 그 기간 안에 들어왔습니다.',
  },
  'round-trip-without-call': {
    title: '기항이 관측되지 않은 왕복',
    summary:
      '선박이 북한 수역을 떠나 다른 나라 연안 밖에서 하루 이상 저속으로 머문 뒤 돌아왔고, 그동안 기항이 관측되지 않았습니다.',
  },
  'shared-mmsi': {
    title: 'MMSI 공용',
    summary: '한 MMSI로 여러 선박이 번갈아 수신됩니다. 각 항적은 따로 보관합니다.',
  },
  'transponder-gap': {
    title: 'AIS 신호 두절',
    summary:
      '선박이 기준 시간을 넘겨 수신되지 않았으며, 수신국이 그 선박을 수신할 수 있었는지에 대한 판정이 붙습니다.',
  },
  'zone-entry': { title: '구역 진입', summary: '선박이 사용자가 그린 구역에 들어오거나 나갔습니다.' },
};

const TEXTS: Readonly<Record<Language, Readonly<Record<string, RuleText | undefined>>>> = {
  en: ENGLISH,
  zh: CHINESE,
  ko: KOREAN,
};

/** Returns what a rule is called and what it raises; undefined for a rule that this version does not have. */
export function ruleText(id: string, language: Language): RuleText | undefined {
  return Object.hasOwn(TEXTS[language], id) ? TEXTS[language][id] : undefined;
}
