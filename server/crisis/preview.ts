// What a switch would change, line by line, and why it cannot be done: pure, asked again at the moment of approval.
import type { Title } from '../../contracts/column.ts';
import type { Crisis, PreviewLine, PreviewPart, Switch } from '../../contracts/records/crisis.ts';
import { kindTitles } from '../../contracts/records/incident.ts';
import { responseTitles } from '../../contracts/records/plan.ts';
import type { RunPreview } from '../../contracts/records/plan-run.ts';
import type { CrisisGround } from './port.ts';

export interface PreviewParts {
  readonly change: Switch;
  /** What holds in the area now, and what would. */
  readonly before: Crisis | null;
  readonly after: Crisis | null;
  /** Whether 战时 holds in any other area: ticks and feeds are those of the whole city. */
  readonly elsewhere: boolean;
  readonly areaName: Title;
  readonly ground: CrisisGround;
  readonly plans: readonly RunPreview[];
  /** Plans that the switch took up and that would end. */
  readonly ending: readonly Title[];
  /** Local time of a moment, for people. */
  readonly timeOf: (at: number) => string;
  /** null: messages leave. Else why none does. */
  readonly withheld: Title | null;
}

const say = (zh: string, en: string): Title => ({ zh, en });
const line = (part: PreviewPart, what: Title, sides: readonly [Title | null, Title | null]): PreviewLine => ({
  ...{ part, what, before: sides[0], after: sides[1] },
});

export const PEACE = say('平时', 'Peacetime');
const CRISIS = say('战时', 'Crisis');

export function linesOf(parts: PreviewParts): PreviewLine[] {
  const { before, after, areaName, timeOf } = parts;
  const moment = (crisis: Crisis | null): Title | null =>
    crisis && say(timeOf(crisis.until), timeOf(crisis.until));
  const scene = (crisis: Crisis | null): Title | null =>
    crisis &&
    (crisis.scene === '' ? say('各屏当前场景', 'the scene each shows') : say(crisis.scene, crisis.scene));
  const all = [
    line('mode', areaName, [modeOf(before), modeOf(after)]),
    line('levels', areaName, [levelsOf(before), levelsOf(after)]),
    line('until', areaName, [moment(before), moment(after)]),
    line('layout', areaName, [scene(before), scene(after)]),
    ...rhythmLines(parts),
    ...parts.plans.map(({ title, version, give }) =>
      line('plan', title, [
        null,
        say(
          `启动第 ${version} 版，下达 ${give.length} 项任务`,
          `version ${version} is activated, with ${give.length} tasks`,
        ),
      ]),
    ),
    ...parts.ending.map((title) => line('plan', title, [say('执行中', 'active'), say('终止', 'ends')])),
    ...toldLines(parts),
  ];
  return all.filter(({ before: was, after: is }) => was?.zh !== is?.zh);
}

const modeOf = (crisis: Crisis | null): Title =>
  crisis ? say(`${CRISIS.zh}：${crisis.name}`, `${CRISIS.en}: ${crisis.name}`) : PEACE;

function levelsOf(crisis: Crisis | null): Title | null {
  if (!crisis || crisis.responses.length === 0) return null;
  const named = crisis.responses.map(({ kind, level }) => [kindTitles[kind], responseTitles[level]] as const);
  return say(
    named.map(([kind, level]) => `${kind.zh}${level.zh}`).join('、'),
    named.map(([kind, level]) => `${kind.en}: ${level.en}`).join(', '),
  );
}

/** Ticks, feeds and rights are those of 战时 where it holds anywhere. */
function rhythmLines({ before, after, elsewhere, ground }: PreviewParts): PreviewLine[] {
  const [was, is] = [before !== null || elsewhere, after !== null || elsewhere];
  if (was === is) return [];
  const { tick, feeds, gains } = ground;
  const pair = <T>(peace: T, crisis: T): [T, T] => (was ? [crisis, peace] : [peace, crisis]);
  const seconds = (s: number): Title => say(`${s} 秒`, `${s} s`);
  const everywhere = say('全部屏幕', 'All screens');
  return [
    line('tick', everywhere, pair(seconds(tick.peaceMs / 1000), seconds(tick.crisisMs / 1000))),
    ...feeds().map(({ title, peaceS, crisisS }) =>
      line('feed', title, pair(seconds(peaceS), seconds(crisisS))),
    ),
    ...gains.map((gain) => line('rights', gain.what, pair(gain.before, gain.after))),
  ];
}

function toldLines({ before, after, ground, change, withheld }: PreviewParts): PreviewLine[] {
  // A message belongs to the case it is about: without one it has nowhere to be kept.
  if ((after ?? before)?.incident == null) return [];
  const how = withheld
    ? say(`只记录：${withheld.zh}`, `written down only: ${withheld.en}`)
    : say('发通知', 'a notice');
  return ground.tell(change.area).map(({ name }) => line('told', name, [null, how]));
}
