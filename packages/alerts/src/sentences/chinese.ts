import type { EventDraft, EventType, EventVessel, Json } from '@offing/rules';
import { plainUtc } from '@offing/units';
import { chineseVerdict } from './chinese-verdict.ts';
import {
  callWordsOf,
  coordinatesOf,
  hoursMs,
  listOf,
  NAMED,
  openedText,
  portName,
  spanOf,
  textOf,
  type Announced,
  type Drawn,
  type IdentityChange,
  type Listing,
} from './facts.ts';
import { plainText } from './plain-text.ts';
import { reasonIn } from './reasons.ts';

/** Returns one plain Chinese sentence on what the evidence supports, with the figures and the caution of the English one. */
export function chineseSentence(event: EventDraft): string {
  const marked = event.synthetic
    ? `【合成数据：${event.vessels.length === 0 ? '虚构数据源' : '虚构船舶'}】`
    : '';
  if (event.change !== 'retracted') return `${marked}${BODIES[event.type](event)}`;
  return chineseRetraction(`${marked}${BODIES[event.type](event)}`, event.reason);
}

/** Returns a Chinese sentence as one that was taken back. */
export function chineseRetraction(sentence: string, reason: string | null): string {
  const why = reason === null ? '' : `撤回原因：${reasonIn(reason, 'zh') ?? reason}。`;
  return `【已撤回】${sentence}${why}`;
}

const SPAN = { day: ' 天', hour: ' 小时', minute: ' 分钟' };
const span = (ms: number) => spanOf(ms, SPAN);

function vesselName({ shipName, mmsi, imoNumber }: EventVessel): string {
  const name = shipName === null ? '' : plainText(shipName);
  const imo = imoNumber === null ? '' : `，IMO ${imoNumber}`;
  return `${name === '' ? '一艘未报船名的船' : name}（MMSI ${mmsi}${imo}）`;
}

const ship = (event: EventDraft) => vesselName(event.vessels[0]);

function place(event: EventDraft): string {
  const km = event.evidence['portKm'];
  const port = portName(event);
  const where = coordinatesOf(event);
  if (port === null) return `${where} 处`;
  return typeof km === 'number' ? `距 ${port} ${km} 公里处` : `${port} 附近（${where}）`;
}

function silence(event: EventDraft): string {
  const length = span(hoursMs(event, 'silenceH'));
  return event.closedAt === null
    ? `自 ${openedText(event)} 起至少 ${length}未收到其 AIS 信号，至今尚未恢复`
    : `自 ${openedText(event)} 起有 ${length}未收到其 AIS 信号`;
}

const BODIES: Readonly<Record<EventType, (event: EventDraft) => string>> = {
  'transponder-gap': (event) =>
    `${ship(event)}：${silence(event)}，最后船位在${place(event)}；${chineseVerdict(event)}。`,
  'dark-near-port': (event) => {
    const { farKm } = event.evidence['approach'] as { readonly farKm: number };
    return `${ship(event)}：从 ${farKm} 公里外驶来，随后${silence(event)}，最后船位在${place(event)}；${chineseVerdict(event)}。${calls(event)}`;
  },
  hovering: (event) => {
    const length = span(hoursMs(event, 'lengthH'));
    const reasons = (listOf(event, 'reasons') as readonly string[]).map(
      (reason) => HOVER_WORDS[reason] ?? reason,
    );
    const visit = event.evidence['endedBy'] === 'berth' ? '，随后靠泊' : '，其间未观测到靠港';
    const waited = event.closedAt === null ? '似已等候' : '似曾等候';
    return `${ship(event)}：自 ${openedText(event)} 起在${place(event)}${waited} ${length}，平均航速 ${textOf(event, 'meanSogKn')} 节${visit}；与排队等泊的船不同之处：${reasons.join('；')}。`;
  },
  loitering: (event) => {
    const { shoreNm } = event.evidence;
    const shore = typeof shoreNm === 'number' ? `，距岸 ${shoreNm} 海里` : '';
    const drifted = event.closedAt === null ? '似已停航漂航或等候' : '似曾停航漂航或等候';
    return `${ship(event)}：自 ${openedText(event)} 起在${place(event)}${drifted} ${span(hoursMs(event, 'lengthH'))}，平均航速 ${textOf(event, 'meanSogKn')} 节${shore}${linked(event)}。`;
  },
  encounter: (event) => {
    const [one, other] = event.vessels;
    const parts = listOf(event, 'parts').length;
    const times = parts > 1 ? `，共 ${parts} 次，相隔均不足一天` : '';
    const verb = event.closedAt === null ? '似已并靠' : '似曾并靠';
    return `${vesselName(one)}与${vesselName(other)}：自 ${openedText(event)} 起在${place(event)}${verb} ${span(hoursMs(event, 'lengthH'))}${times}，两船航速均低于 ${textOf(event, 'slowKn')} 节，最近相距 ${textOf(event, 'closestM')} 米${meetingReservation(event)}。`;
  },
  'irregular-grouping': grouping,
  'port-visit': portVisit,
  'round-trip-without-call': (event) => {
    const back = event.closedAt === null ? '' : `，${plainUtc(event.closedAt)} 返回`;
    return `${ship(event)}：${openedText(event)} 离开朝鲜水域，合计低速停留 ${span(hoursMs(event, 'slowH'))}，在${portName(event) ?? '他国沿岸'}外停留最久${back}；其间未观测到靠港，与未靠港的航行或在海上办理事务的情形相符。`;
  },
  'embargo-breach': (event) => {
    const until = event.closedAt === null ? '' : `，${plainUtc(event.closedAt)} 离开`;
    const bars = event.evidence['alleged'] === true ? '据称不准其进入' : '似不准其进入';
    return `${ship(event)}：${openedText(event)} 抵达 ${portName(event) ?? '某港口'}${until}；一份有记录的公告${bars}该港：${(listOf(event, 'announcements') as readonly Announced[]).map(ban).join('；')}。`;
  },
  'recent-dprk-call': recentCall,
  'designated-vessel': (event) => {
    const lists = (listOf(event, 'designations') as readonly Listing[]).map(
      ({ list, designatedOn, shipName }) =>
        `${plainText(list)}（自 ${plainText(designatedOn)} 起，列名 ${plainText(shipName)}）`,
    );
    const how = event.evidence['level'] === 'confirmed' ? '发送的 IMO 编号属于' : '发送的信息可能属于';
    const end =
      event.closedAt === null
        ? ''
        : `最后收到于 ${plainUtc(event.closedAt)}；${event.reason === null ? '已结束' : (reasonIn(event.reason, 'zh') ?? event.reason)}。`;
    return `${ship(event)}：${how}${lists.join('、')}所列船舶；首次如此收到于 ${openedText(event)}，${place(event)}。${end}`;
  },
  'identity-change': identityChange,
  'shared-mmsi': (event) => {
    const until = event.closedAt === null ? '' : ` 至 ${plainUtc(event.closedAt)}`;
    return `MMSI ${event.vessels[0].mmsi} 自 ${openedText(event)}${until}似由 ${textOf(event, 'hullsHeard')} 艘船同时使用，相距最远 ${textOf(event, 'apartKm')} 公里；其中之一为${ship(event)}，${place(event)}。其航迹已分开保存。`;
  },
  'impossible-jump': (event) => {
    const back = event.evidence['returned'] === true ? '，随后又在原处收到' : '';
    const jumps = Number(event.evidence['jumps']);
    const more = jumps > 1 ? `，此类跳变共 ${jumps} 次，此为首次` : '';
    return `${ship(event)}：${openedText(event)} 似在距先前船位 ${Number(event.evidence['jumpKm'])} 公里的${place(event)}被收到，相当于航速 ${Number(event.evidence['impliedKn'])} 节${back}${more}；这与船位有误、信号受干扰或两船共用一个 MMSI 的情形相符。`;
  },
  'draught-change': (event) => {
    const from = event.evidence['from'] as Drawn;
    const to = event.evidence['to'] as Drawn;
    const isSilence = event.evidence['across'] === 'silence';
    const port = (name: string | null) => (name === null ? '某港' : ` ${plainText(name)} `);
    const [before, after] = isSilence
      ? ['静默前', '静默后']
      : [`离开${port(from.port)}时`, `进入${port(to.port)}时`];
    return `${ship(event)}：${before}发送的吃水为 ${from.draughtM} 米（${plainUtc(Date.parse(from.at))}），${after}为 ${to.draughtM} 米（${plainUtc(Date.parse(to.at))}），其间未观测到靠港；吃水由人工输入，单凭此点说明不了什么。`;
  },
  'first-seen-near-coast': (event) =>
    `${ship(event)}：${openedText(event)} 首次被收到，在${place(event)}，航向来自外海；此前数小时在更远的海上收到 ${Number(event.evidence['witnesses'])} 艘船，因此它驶来途中似应被收到，这与应答器当时关闭或改用新身份的情形相符。`,
  'zone-entry': (event) => {
    const verb = event.evidence['entrySeen'] === true ? '进入' : '首次被收到于';
    const left = event.closedAt === null ? '' : `，至迟于 ${plainUtc(event.closedAt)} 离开`;
    return `${ship(event)}：${openedText(event)} ${verb}区域 ${textOf(event, 'zoneName')}${left}。`;
  },
  'feed-outage': (event) => {
    const feed = textOf(event, 'feed');
    const what =
      event.evidence['extent'] === 'feed' ? `数据源 ${feed}` : `数据源 ${feed} 在${place(event)}的一片区域`;
    const length = span(hoursMs(event, 'lengthH'));
    const lasts =
      event.closedAt === null
        ? `自 ${openedText(event)} 起似已中断，至今 ${length}`
        : `自 ${openedText(event)} 起似曾中断 ${length}`;
    return `${what}${lasts}：前一小时收到的 ${Number(event.evidence['heardInHourBefore'])} 艘船中有 ${Number(event.evidence['hullsFellSilent'])} 艘同时失去信号。其时其地的船舶静默不能作为针对船舶的证据。`;
  },
};

const HOVER_WORDS: Readonly<Record<string, string | undefined>> = {
  nexus: '有带日期的记录将其与朝鲜相关联',
  barred: '有记录的公告不准其进入该港',
  'outside-anchorages': '在惯用锚地之外停留一天以上',
  'longer-than-queue': '停留时间超过排队上限',
  'left-without-visit': '未靠港即离开',
};

function linked({ nexus }: EventDraft): string {
  return nexus ? '；有带日期的记录将其与朝鲜相关联' : '';
}

function calls(event: EventDraft): string {
  type Call = { readonly name: string; readonly hoursAlongsideAtMost: number };
  const [first, ...others] = listOf(event, 'inferredCalls') as readonly Call[];
  if (first === undefined) return '这段静默没有留出停靠受关注港口的时间。';
  const more = others.length === 0 ? '' : `，或可到达的另外 ${others.length} 个受关注港口之一`;
  const soFar = event.closedAt === null ? '至今' : '';
  return `这段静默${soFar}留出的时间最多可在 ${plainText(first.name)} 停靠 ${span(first.hoursAlongsideAtMost * 3_600_000)}${more}；未观测到靠港。`;
}

function meetingReservation(event: EventDraft): string {
  const { anchorageKm: km, anchorageLimitKm: limit, anchoragesKnown } = event.evidence;
  const who = event.nexus ? '；有带日期的记录将其中一艘与朝鲜相关联' : '';
  if (typeof km === 'number' && km < Number(limit))
    return `${who}；最近的锚地在 ${km} 公里外，因此它们可能只是在那里等候`;
  return anchoragesKnown === false ? `${who}；该处锚地情况不明，因此它们可能只是抛锚` : who;
}

function grouping(event: EventDraft): string {
  const history = event.evidence['history'] as { readonly [key: string]: Json };
  const ships = Number(event.evidence['ships']);
  const until = event.closedAt === null ? '' : `，至 ${plainUtc(event.closedAt)}`;
  const rest = ships > NAMED ? `，以及另外 ${ships - NAMED} 艘` : '';
  const named = event.vessels.slice(0, NAMED).map(vesselName).join('、');
  const verb = event.closedAt === null ? '似聚集' : '似曾聚集';
  return `有带日期的记录与朝鲜相关联的 ${ships} 艘船自 ${openedText(event)} 起${verb}在${place(event)}${until}：${named}${rest}；此前 ${String(history['days'])} 天平均有 ${String(history['meanShips'])} 艘、最多 ${String(history['mostShips'])} 艘同时停留，因此出现这么多船的偶然概率为 ${String(event.evidence['chance'])}。`;
}

function portVisit(event: EventDraft): string {
  const stops = listOf(event, 'stops') as readonly { readonly how: string }[];
  const verb = stops.some(({ how }) => how === 'seen stopped') ? '停靠' : '可能在静默期间停靠';
  const { waitingH, entrySeen, exitSeen } = event.evidence;
  const time =
    event.closedAt === null
      ? `自 ${openedText(event)} 起`
      : `自 ${openedText(event)} 至 ${plainUtc(event.closedAt)}（${span(event.closedAt - event.openedAt)}）`;
  const waited = typeof waitingH === 'number' ? `，此前在锚泊水域等候 ${span(waitingH * 3_600_000)}` : '';
  const unseen = [
    entrySeen === true ? [] : ['进港'],
    event.closedAt === null || exitSeen === true ? [] : ['离港'],
  ].flat();
  return `${ship(event)}：${time}${verb} ${portName(event) ?? '某港口'}${waited}${unseen.length === 0 ? '' : `；未观测到其${unseen.join('或')}`}。`;
}

function recentCall(event: EventDraft): string {
  const country = textOf(event, 'country');
  const port = portName(event);
  const where = port === null ? `${country} 水域` : `${port}（${country}）`;
  const rule = event.evidence['announcement'] as { readonly bars: string; readonly from: string } | null;
  const [{ how }] = listOf(event, 'calls') as readonly { readonly how: string }[];
  const call = callWordsOf(how);
  const what =
    call === null
      ? `靠港（${plainText(how)}）`
      : `${call.isSeen ? '停靠' : '在静默中处于'} ${call.port}（自 ${call.from}${call.to === null ? '' : ` 至 ${call.to}`}）`;
  const bars =
    rule === null ? '' : `；${country} 自 ${plainText(rule.from)} 起不准入境者：“${plainText(rule.bars)}”`;
  return `${ship(event)}：${openedText(event)} 进入 ${where}，距其似曾${what} ${Number(event.evidence['daysSinceCall'])} 天${bars}。`;
}

function ban({ bars, from, announcedBy, reportedBy, deniedBy, deniedOn }: Announced): string {
  const on = deniedOn === null ? '' : `于 ${plainText(deniedOn)} `;
  const denied = deniedBy === null ? '' : `，${plainText(deniedBy)} ${on}予以否认`;
  return `“${plainText(bars)}”，自 ${plainText(from)} 起（${plainText(announcedBy)} 公布，${plainText(reportedBy)} 报道${denied}）`;
}

const FIELD_WORDS: Readonly<Record<string, string | undefined>> = {
  mmsi: 'MMSI',
  flag: '船旗',
  imoNumber: 'IMO 编号',
  callSign: '呼号',
  shipName: '船名',
  lengthM: '船长（米）',
  beamM: '船宽（米）',
};

function identityChange(event: EventDraft): string {
  const { evidence, vessels } = event;
  const other = vessels.length > 1 ? vessels[1] : undefined;
  const when = openedText(event);
  const changes = changesOf(listOf(event, 'changes') as readonly IdentityChange[]);
  switch (evidence['kind']) {
    case 'clone': {
      const how = evidence['isAtOnce'] === true ? '同时' : '在一艘船来不及到达之处';
      return `${ship(event)}：似发送了${other === undefined ? '另一艘船' : vesselName(other)}也在发送的 IMO 编号，${how}，相距 ${textOf(event, 'apartKm')} 公里；首次于 ${when}，${place(event)}。`;
    }
    case 'mmsi':
      return `${ship(event)}：似即先前以${other === undefined ? '另一 MMSI' : ` MMSI ${other.mmsi} `}被收到的船：自 ${when} 起发送同一 IMO 编号，${place(event)}（${changes}）。`;
    case 'reused-mmsi':
      return `${ship(event)}：所用 MMSI 先前由另一艘身份不同的船使用；自 ${when} 起，${place(event)}（${changes}）。`;
    default:
      return `${ship(event)}：更改了自报信息：${changes}；自 ${when} 起，${place(event)}。`;
  }
}

function changesOf(changes: readonly IdentityChange[]): string {
  if (changes.length === 0) return '无其他差异';
  const value = (one: Json) =>
    typeof one === 'string' || typeof one === 'number' ? plainText(`${one}`) : '未知';
  return changes
    .map(({ field, from, to }) => `${FIELD_WORDS[field] ?? field} 由 ${value(from)} 变为 ${value(to)}`)
    .join('，');
}
