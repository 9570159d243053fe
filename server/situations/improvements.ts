// What an after-action review finds that is to become better: out of what was late, silent or left open. Pure; nothing is
// estimated, and each names the entries it comes from.
import type { Title } from '../../contracts/column.ts';
import type { AfterAction, Improvement } from '../../contracts/records/after-action.ts';
import { stageTitles } from '../../contracts/records/incident.ts';
import type { UnitRef } from '../../contracts/records/incident.ts';
import type { SituationMatter } from './port.ts';

const say = (zh: string, en: string): Title => ({ zh, en });

type Found = Omit<Improvement, 'id'>;
type Review = Omit<AfterAction, 'improvements'>;
/** Signals that stand longer than this without an incident are worth a look, minutes (≈). */
const SLOW_MIN = 30;

export function improvementsOf({ incident: { desk } }: SituationMatter, review: Review): Improvement[] {
  const all = [
    ...ofPhases(review, desk),
    ...ofWork(review),
    ...ofPlans(review, desk),
    ...ofAcks(review, desk),
    ...ofEvacuation(review, desk),
    ...ofClusters(review, desk),
  ];
  return all.map((one, at) => ({ id: `i${at + 1}`, ...one }));
}

const ofPhases = ({ phases }: Review, unit: UnitRef): Found[] =>
  phases
    .filter(({ isLate }) => isLate)
    .map(({ stage, entries }) => ({
      text: say(
        `“${stageTitles[stage].zh}”环节超时，查明原因并改进`,
        `Stage ${stageTitles[stage].en} was left late: find out why`,
      ),
      ...{ unit, entries },
    }));

const ofWork = ({ work }: Review): Found[] =>
  work.flatMap(({ kind, lateOnes }) =>
    lateOnes.map(({ text, unit, entries }) => ({
      text: say(
        `${kind === 'task' ? '任务' : '指令'}超时：${text}`,
        `${kind === 'task' ? 'Task' : 'Order'} was late: ${text}`,
      ),
      ...{ unit, entries },
    })),
  );

const ofPlans = ({ plans }: Review, unit: UnitRef): Found[] =>
  plans.flatMap(({ title, lateClauses, entries }) =>
    lateClauses.map(({ clause, title: of }) => ({
      text: say(
        `修订或演练《${title.zh}》${clause} ${of.zh}：有步骤超时`,
        `Revise or exercise ${title.en} ${clause} ${of.en}: steps were late`,
      ),
      ...{ unit, entries },
    })),
  );

const ofAcks = ({ acks }: Review, unit: UnitRef): Found[] =>
  acks
    .filter(({ asked, acknowledged, late }) => acknowledged < asked || late > 0)
    .map(({ title, asked, acknowledged, late, entries }) => ({
      text: say(
        `叫应“${title}”：${asked - acknowledged} 个乡镇未签收、${late} 个超时，逐一核查值守`,
        `"${title}": ${asked - acknowledged} towns silent, ${late} late: check each post`,
      ),
      ...{ unit, entries },
    }));

function ofEvacuation({ evacuation }: Review, unit: UnitRef): Found[] {
  if (!evacuation || evacuation.moved >= evacuation.toMove) return [];
  const { toMove, moved, refused, entries } = evacuation;
  const text = say(
    `转移未清空：应转移 ${toMove} 人、已转移 ${moved} 人、拒绝 ${refused} 人，完善名单和包保`,
    `Not everybody left: ${moved} of ${toMove}, ${refused} refused: mend lists and duties`,
  );
  return [{ text, unit, entries }];
}

const ofClusters = ({ clusters }: Review, unit: UnitRef): Found[] =>
  clusters
    .filter(({ minutes }) => minutes > SLOW_MIN)
    .map(({ title, minutes }) => ({
      text: say(
        `线索“${title}”出现 ${minutes} 分钟后才接报，检查研判规则`,
        `The incident was reported ${minutes} min after the first signal of "${title}": check the rules`,
      ),
      ...{ unit, entries: [] },
    }));
