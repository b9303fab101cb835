import type { EventDraft, EventType, EventVessel, Json } from '@offing/rules';
import { plainUtc } from '@offing/units';
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
import { koreanVerdict } from './korean-verdict.ts';
import { plainText } from './plain-text.ts';
import { reasonIn } from './reasons.ts';

/** Returns one plain Korean sentence on what the evidence supports, with the figures and the caution of the English one. */
export function koreanSentence(event: EventDraft): string {
  const made = event.vessels.length === 0 ? '가상 수신원' : '가상 선박';
  const marked = event.synthetic ? `[합성 자료: ${made}] ` : '';
  if (event.change !== 'retracted') return `${marked}${BODIES[event.type](event)}`;
  return koreanRetraction(`${marked}${BODIES[event.type](event)}`, event.reason);
}

/** Returns a Korean sentence as one that was taken back. */
export function koreanRetraction(sentence: string, reason: string | null): string {
  const why = reason === null ? '' : ` 철회 이유: ${reasonIn(reason, 'ko') ?? reason}.`;
  return `[철회됨] ${sentence}${why}`;
}

const SPAN = { day: '일', hour: '시간', minute: '분' };
const span = (ms: number) => spanOf(ms, SPAN);

/** A ship is called so-and-so-ho, which takes the particles of a vowel whatever its name. */
function vesselName({ shipName, mmsi, imoNumber }: EventVessel): string {
  const name = shipName === null ? '' : plainText(shipName);
  const imo = imoNumber === null ? '' : `, IMO ${imoNumber}`;
  return `${name === '' ? '선명을 알 수 없는 배' : `${name}호`}(MMSI ${mmsi}${imo})`;
}

const ship = (event: EventDraft) => `${vesselName(event.vessels[0])}는`;

function place(event: EventDraft): string {
  const km = event.evidence['portKm'];
  const port = portName(event);
  const where = coordinatesOf(event);
  if (port === null) return `${where} 지점`;
  return typeof km === 'number' ? `${port}에서 ${km} km 떨어진 곳` : `${port} 부근(${where})`;
}

function silence(event: EventDraft): string {
  const length = span(hoursMs(event, 'silenceH'));
  const last = `마지막 위치는 ${place(event)}`;
  return event.closedAt === null
    ? `${openedText(event)}부터 적어도 ${length} 동안 수신되지 않았고 아직 돌아오지 않았으며, ${last}입니다`
    : `${openedText(event)}부터 ${length} 동안 수신되지 않았으며, ${last}입니다`;
}

const BODIES: Readonly<Record<EventType, (event: EventDraft) => string>> = {
  'transponder-gap': (event) => `${ship(event)} ${silence(event)}. ${koreanVerdict(event)}.`,
  'dark-near-port': (event) => {
    const { farKm } = event.evidence['approach'] as { readonly farKm: number };
    return `${ship(event)} ${farKm} km 밖에서 와서 ${silence(event)}. ${koreanVerdict(event)}. ${calls(event)}`;
  },
  hovering: (event) => {
    const reasons = (listOf(event, 'reasons') as readonly string[]).map(
      (reason) => HOVER_WORDS[reason] ?? reason,
    );
    const visit =
      event.evidence['endedBy'] === 'berth' ? ' 그 뒤 접안했습니다.' : ' 그동안 기항은 관측되지 않았습니다.';
    const verb = event.closedAt === null ? '대기해 온 것으로 보입니다' : '대기한 것으로 보입니다';
    return `${ship(event)} ${openedText(event)}부터 ${place(event)}에서 평균 ${textOf(event, 'meanSogKn')}노트로 ${span(hoursMs(event, 'lengthH'))} 동안 ${verb}.${visit} 접안 순서를 기다리는 선박과 다른 점: ${reasons.join('; ')}.`;
  },
  loitering: (event) => {
    const { shoreNm } = event.evidence;
    const shore = typeof shoreNm === 'number' ? `(해안에서 ${shoreNm}해리)` : '';
    const verb =
      event.closedAt === null ? '표류하거나 대기해 온 것으로 보입니다' : '표류하거나 대기한 것으로 보입니다';
    const who = event.nexus ? ' 날짜가 있는 기록이 이 선박을 북한과 연관 짓습니다.' : '';
    return `${ship(event)} ${openedText(event)}부터 ${place(event)}${shore}에서 평균 ${textOf(event, 'meanSogKn')}노트로 ${span(hoursMs(event, 'lengthH'))} 동안 ${verb}.${who}`;
  },
  encounter: (event) => {
    const [one, other] = event.vessels;
    const parts = listOf(event, 'parts').length;
    const times = parts > 1 ? ` 만 하루가 안 되는 간격으로 ${parts}차례` : '';
    const verb = event.closedAt === null ? '나란히 있어 온 것으로 보입니다' : '나란히 있었던 것으로 보입니다';
    return `${vesselName(one)}와 ${vesselName(other)}는 ${openedText(event)}부터 ${place(event)}에서${times} ${span(hoursMs(event, 'lengthH'))} 동안 ${verb}. 두 선박 모두 ${textOf(event, 'slowKn')}노트 미만이었고 가장 가까울 때 ${textOf(event, 'closestM')} m 떨어져 있었습니다.${meetingReservation(event)}`;
  },
  'irregular-grouping': grouping,
  'port-visit': portVisit,
  'round-trip-without-call': (event) => {
    const back = event.closedAt === null ? '' : ` ${plainUtc(event.closedAt)}에 돌아왔습니다.`;
    const port = portName(event);
    const off = port === null ? '다른 나라 연안 앞바다' : `${port} 앞바다`;
    return `${ship(event)} ${openedText(event)}에 북한 수역을 떠나 모두 ${span(hoursMs(event, 'slowH'))} 동안 저속으로 머물렀으며 ${off}에서 가장 오래 머물렀습니다.${back} 그동안 기항은 관측되지 않았으며, 이는 기항 없는 항해 또는 해상에서 일을 본 경우와 부합합니다.`;
  },
  'embargo-breach': (event) => {
    const until = event.closedAt === null ? '' : ` ${plainUtc(event.closedAt)}에 떠났습니다.`;
    const bars = event.evidence['alleged'] === true ? '막는다고 합니다' : '막는 것으로 보입니다';
    const port = portName(event);
    return `${ship(event)} ${openedText(event)}에 ${port === null ? '어느 항만' : `${port}항`}에 왔습니다.${until} 기록된 공고가 이 선박의 입항을 ${bars}: ${(listOf(event, 'announcements') as readonly Announced[]).map(ban).join('; ')}.`;
  },
  'recent-dprk-call': recentCall,
  'designated-vessel': (event) => {
    const lists = (listOf(event, 'designations') as readonly Listing[]).map(
      ({ list, designatedOn, shipName }) =>
        `${plainText(list)}(${plainText(designatedOn)}부터, ${plainText(shipName)}(으)로)`,
    );
    const how =
      event.evidence['level'] === 'confirmed'
        ? '에 올라 있는 선박의 IMO 번호를 송신합니다'
        : '에 올라 있는 선박의 것일 수 있는 식별 정보를 송신합니다';
    const reason = event.reason === null ? '종료' : (reasonIn(event.reason, 'ko') ?? event.reason);
    const end = event.closedAt === null ? '' : ` 마지막 수신 ${plainUtc(event.closedAt)}; ${reason}.`;
    return `${ship(event)} 명단 ${lists.join(', ')}${how}. 그렇게 처음 수신된 때는 ${openedText(event)}, ${place(event)}입니다.${end}`;
  },
  'identity-change': identityChange,
  'shared-mmsi': (event) => {
    const until = event.closedAt === null ? '' : ` ${plainUtc(event.closedAt)}까지`;
    return `MMSI ${event.vessels[0].mmsi}는 ${openedText(event)}부터${until} 최대 ${textOf(event, 'apartKm')} km 떨어진 선박 ${textOf(event, 'hullsHeard')}척이 동시에 쓴 것으로 보입니다. 그중 하나는 ${vesselName(event.vessels[0])}이며 위치는 ${place(event)}입니다. 각 항적은 따로 보관합니다.`;
  },
  'impossible-jump': (event) => {
    const back = event.evidence['returned'] === true ? ' 그 뒤 처음 자리에서 다시 수신되었습니다.' : '';
    const jumps = Number(event.evidence['jumps']);
    const more = jumps > 1 ? ` 이런 급변 ${jumps}번 중 첫 번째입니다.` : '';
    return `${ship(event)} ${openedText(event)}에 있던 곳에서 ${Number(event.evidence['jumpKm'])} km 떨어진 ${place(event)}에서, ${Number(event.evidence['impliedKn'])}노트로 간 것처럼 수신된 것으로 보입니다.${back}${more} 이는 잘못된 위치, 전파 교란, 또는 두 선박이 한 MMSI를 쓰는 경우와 부합합니다.`;
  },
  'draught-change': (event) => {
    const from = event.evidence['from'] as Drawn;
    const to = event.evidence['to'] as Drawn;
    const isSilence = event.evidence['across'] === 'silence';
    const port = (name: string | null) => (name === null ? '어느 항만' : `${plainText(name)}항`);
    const [before, after] = isSilence
      ? ['침묵 전', '침묵 뒤']
      : [`${port(from.port)}을 떠날 때`, `${port(to.port)}에 들어올 때`];
    return `${ship(event)} 흘수를 ${before} ${from.draughtM} m(${plainUtc(Date.parse(from.at))}), ${after} ${to.draughtM} m(${plainUtc(Date.parse(to.at))})로 송신했고 그동안 기항은 관측되지 않았습니다. 흘수는 사람이 입력하므로 이것만으로는 말해 주는 것이 적습니다.`;
  },
  'first-seen-near-coast': (event) =>
    `${ship(event)} ${openedText(event)}에 ${place(event)}에서 처음 수신되었고 침로는 외해에서 오는 방향이었습니다. 그전 몇 시간 동안 더 먼바다에서 선박 ${Number(event.evidence['witnesses'])}척이 수신되었으므로 오는 길에 수신되었어야 할 것으로 보이며, 이는 송신기가 꺼져 있었거나 새 식별 정보를 쓰는 경우와 부합합니다.`,
  'zone-entry': (event) => {
    const verb = event.evidence['entrySeen'] === true ? '에 들어왔습니다' : '에서 처음 수신되었습니다';
    const left = event.closedAt === null ? '' : ` ${plainUtc(event.closedAt)}까지는 떠났습니다.`;
    return `${ship(event)} ${openedText(event)}에 구역 ${textOf(event, 'zoneName')}${verb}.${left}`;
  },
  'feed-outage': (event) => {
    const feed = textOf(event, 'feed');
    const what =
      event.evidence['extent'] === 'feed' ? `수신원 ${feed}` : `수신원 ${feed}의 ${place(event)} 일대`;
    const length = span(hoursMs(event, 'lengthH'));
    const lasts =
      event.closedAt === null
        ? `${openedText(event)}부터 지금까지 ${length} 동안 끊긴 것으로 보입니다`
        : `${openedText(event)}부터 ${length} 동안 끊겼던 것으로 보입니다`;
    return `${what}: ${lasts}. 그전 한 시간에 수신된 선박 ${Number(event.evidence['heardInHourBefore'])}척 가운데 ${Number(event.evidence['hullsFellSilent'])}척이 동시에 끊겼습니다. 그때 그곳에서 선박이 침묵한 것은 선박에 대한 근거가 되지 않습니다.`;
  },
};

const HOVER_WORDS: Readonly<Record<string, string | undefined>> = {
  nexus: '날짜가 있는 기록이 북한과 연관 지음',
  barred: '기록된 공고가 그 항만 입항을 막음',
  'outside-anchorages': '평소의 묘박지 밖에 하루 이상 머묾',
  'longer-than-queue': '대기 한도보다 오래 머묾',
  'left-without-visit': '기항 없이 다시 떠남',
};

function calls(event: EventDraft): string {
  type Call = { readonly name: string; readonly hoursAlongsideAtMost: number };
  const [first, ...others] = listOf(event, 'inferredCalls') as readonly Call[];
  if (first === undefined) return '이 침묵에는 감시 대상 항만에 기항할 시간이 없습니다.';
  const more = others.length === 0 ? '' : `(또는 갈 수 있는 다른 감시 대상 항만 ${others.length}곳)`;
  const soFar = event.closedAt === null ? '지금까지 ' : '';
  return `이 침묵에는 ${soFar}${plainText(first.name)}항${more}에 최대 ${span(first.hoursAlongsideAtMost * 3_600_000)} 동안 접안할 시간이 있으나 기항은 관측되지 않았습니다.`;
}

function meetingReservation(event: EventDraft): string {
  const { anchorageKm: km, anchorageLimitKm: limit, anchoragesKnown } = event.evidence;
  const who = event.nexus ? ' 날짜가 있는 기록이 둘 중 하나를 북한과 연관 짓습니다.' : '';
  if (typeof km === 'number' && km < Number(limit))
    return `${who} 가장 가까운 묘박지가 ${km} km 거리이므로 그곳에서 대기했을 뿐일 수 있습니다.`;
  return anchoragesKnown === false
    ? `${who} 그곳의 묘박지를 알 수 없으므로 닻을 내렸을 뿐일 수 있습니다.`
    : who;
}

function grouping(event: EventDraft): string {
  const history = event.evidence['history'] as { readonly [key: string]: Json };
  const ships = Number(event.evidence['ships']);
  const until = event.closedAt === null ? '' : ` ${plainUtc(event.closedAt)}까지`;
  const rest = ships > NAMED ? ` 외 ${ships - NAMED}척` : '';
  const named = event.vessels.slice(0, NAMED).map(vesselName).join(', ');
  const verb = event.closedAt === null ? '모여 있는 것으로 보입니다' : '모여 있었던 것으로 보입니다';
  return `날짜가 있는 기록이 북한과 연관 짓는 선박 ${ships}척이 ${openedText(event)}부터${until} ${place(event)}에 ${verb}: ${named}${rest}. 그전 ${String(history['days'])}일 동안 평균 ${String(history['meanShips'])}척, 최대 ${String(history['mostShips'])}척이 함께 머물렀으므로 우연히 이만큼 모일 확률은 ${String(event.evidence['chance'])}입니다.`;
}

function portVisit(event: EventDraft): string {
  const stops = listOf(event, 'stops') as readonly { readonly how: string }[];
  const verb = stops.some(({ how }) => how === 'seen stopped')
    ? '기항했습니다'
    : '침묵하는 동안 정박했을 수 있습니다';
  const { waitingH, entrySeen, exitSeen } = event.evidence;
  const time =
    event.closedAt === null
      ? `${openedText(event)}부터`
      : `${openedText(event)}부터 ${plainUtc(event.closedAt)}까지(${span(event.closedAt - event.openedAt)})`;
  const waited = typeof waitingH === 'number' ? ` 박지에서 ${span(waitingH * 3_600_000)} 대기한 뒤` : '';
  const unseen = [
    entrySeen === true ? [] : ['입항'],
    event.closedAt === null || exitSeen === true ? [] : ['출항'],
  ].flat();
  const limits = unseen.length === 0 ? '' : ` ${unseen.join(' 또는 ')}은 관측되지 않았습니다.`;
  const port = portName(event);
  return `${ship(event)}${waited} ${time} ${port === null ? '어느 항만' : `${port}항`}에 ${verb}.${limits}`;
}

function recentCall(event: EventDraft): string {
  const country = textOf(event, 'country');
  const port = portName(event);
  const where = port === null ? `${country} 수역` : `${port}항(${country})`;
  const rule = event.evidence['announcement'] as { readonly bars: string; readonly from: string } | null;
  const [{ how }] = listOf(event, 'calls') as readonly { readonly how: string }[];
  const call = callWordsOf(how);
  const spent = call === null ? '' : `${call.from}부터${call.to === null ? '' : ` ${call.to}까지`}`;
  const what =
    call === null
      ? `기항(${plainText(how)})한`
      : `${call.port}항에 ${spent} ${call.isSeen ? '기항한' : '신호 없이 머문'}`;
  const bars =
    rule === null ? '' : ` ${country}: ${plainText(rule.from)}부터 막는 대상 “${plainText(rule.bars)}”.`;
  return `${ship(event)} ${openedText(event)}에 ${where}에 들어왔습니다. ${what} 것으로 보이는 때로부터 ${Number(event.evidence['daysSinceCall'])}일 뒤입니다.${bars}`;
}

function ban({ bars, from, announcedBy, reportedBy, deniedBy, deniedOn }: Announced): string {
  const on = deniedOn === null ? '' : ` ${plainText(deniedOn)}`;
  const denied = deniedBy === null ? '' : `, 부인: ${plainText(deniedBy)}${on}`;
  return `“${plainText(bars)}”, ${plainText(from)}부터 (발표: ${plainText(announcedBy)}, 보도: ${plainText(reportedBy)}${denied})`;
}

const FIELD_WORDS: Readonly<Record<string, string | undefined>> = {
  mmsi: 'MMSI',
  flag: '국기',
  imoNumber: 'IMO 번호',
  callSign: '호출부호',
  shipName: '선명',
  lengthM: '길이(m)',
  beamM: '폭(m)',
};

function identityChange(event: EventDraft): string {
  const { evidence, vessels } = event;
  const other = vessels.length > 1 ? vessels[1] : undefined;
  const when = openedText(event);
  const changes = changesOf(listOf(event, 'changes') as readonly IdentityChange[]);
  switch (evidence['kind']) {
    case 'clone': {
      const how = evidence['isAtOnce'] === true ? '동시에' : '한 선박이 제때 갈 수 없는 곳에서';
      return `${ship(event)} ${other === undefined ? '다른 선박' : vesselName(other)}도 송신하는 IMO 번호를 ${textOf(event, 'apartKm')} km 떨어져 ${how} 송신하는 것으로 보입니다. 처음은 ${when}, ${place(event)}입니다.`;
    }
    case 'mmsi':
      return `${ship(event)} 이전에 ${other === undefined ? '다른 MMSI' : `MMSI ${other.mmsi}`}로 수신되던 선박으로 보입니다. ${when}부터 같은 IMO 번호를 송신하며 위치는 ${place(event)}입니다(${changes}).`;
    case 'reused-mmsi':
      return `${ship(event)} 이전에 다른 식별 정보의 다른 선박이 쓰던 MMSI로 수신됩니다. ${when}부터, ${place(event)}(${changes}).`;
    default:
      return `${ship(event)} 스스로 알리는 정보를 바꾸었습니다: ${changes}. ${when}부터, ${place(event)}.`;
  }
}

function changesOf(changes: readonly IdentityChange[]): string {
  if (changes.length === 0) return '다른 차이 없음';
  const value = (one: Json) =>
    typeof one === 'string' || typeof one === 'number' ? plainText(`${one}`) : '알 수 없음';
  return changes
    .map(({ field, from, to }) => `${FIELD_WORDS[field] ?? field} ${value(from)} → ${value(to)}`)
    .join(', ');
}
