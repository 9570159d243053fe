// The options for an incident: plans in force at each of their levels, and to start none. What a machine can check is checked,
// what only people can judge is named as such. Pure.
import { createHash } from 'node:crypto';
import type { Title } from '../../contracts/column.ts';
import type { Grade, Incident } from '../../contracts/records/incident.ts';
import { gradeTitles, grades, kindTitles } from '../../contracts/records/incident.ts';
import type { DecisionOption, OptionReason, OptionSheet } from '../../contracts/records/option.ts';
import type { Plan, PlanVersion } from '../../contracts/records/plan.ts';
import { responseTitles } from '../../contracts/records/plan.ts';
import { canonicalJson } from '../kit/canonical-json.ts';
import type { OptionGround } from './port.ts';

const say = (zh: string, en: string): Title => ({ zh, en });

type Ground = Pick<OptionGround, 'plans' | 'active' | 'errorsOf'>;

export function sheetOf(incident: Incident, ground: Ground, now: number): OptionSheet {
  const options = [
    ...ground
      .plans()
      .filter(({ plan }) => plan.kinds.includes(incident.kind))
      .flatMap((version) =>
        levelsOf(version.plan).map((level) => optionOf(incident, { version, level }, ground)),
      ),
    noPlan(incident),
  ];
  options.sort((a, b) => rankOf(a) - rankOf(b) || graver(a, b) || (a.id < b.id ? -1 : 1));
  const [first] = options;
  const marked = options.map((one) => ({ ...one, recommended: one === first && one.plan !== null }));
  const evidence = incident.evidence.map(({ layer, key }) => `${layer}/${key}`);
  const shown = { incident: incident.id, seq: incident.seq, evidence, options: marked };
  return { ...shown, at: now, hash: createHash('sha256').update(canonicalJson(shown)).digest('base64') };
}

const levelsOf = ({ levels }: Plan): readonly Grade[] =>
  grades.filter((grade) => levels[grade] !== undefined);

/** Fewest rules not met first; to start none comes last of those that are alike. */
const rankOf = ({ plan, confidence }: DecisionOption): number =>
  (confidence.checked - confidence.met) * 2 + (plan === null ? 1 : 0);

const graver = (a: DecisionOption, b: DecisionOption): number =>
  grades.indexOf(a.plan?.level ?? 'IV') - grades.indexOf(b.plan?.level ?? 'IV');

function optionOf(
  incident: Incident,
  { version, level }: { readonly version: PlanVersion; readonly level: Grade },
  ground: Ground,
): DecisionOption {
  const { plan, no } = version;
  const response = plan.levels[level];
  const reasons = [
    ofKind(incident, plan),
    ofLevel(incident, { plan, level }),
    ofArea(incident, plan),
    ofWork(ground.active(incident.id).has(plan.id)),
    ofFindings(ground.errorsOf(version)),
    ...(response ? [judged(response.when, response.clause)] : []),
  ];
  const steps = plan.steps.filter(({ from }) => grades.indexOf(from) >= grades.indexOf(level));
  return {
    ...{ id: `${plan.id}@${no}/${level}`, plan: { id: plan.id, version: no, level } },
    title: say(
      `《${plan.title.zh}》${responseTitles[level].zh}`,
      `${plan.title.en}, ${responseTitles[level].en}`,
    ),
    ...{ clause: response?.clause ?? '', reasons, confidence: confidenceOf(reasons), recommended: false },
    ...{ steps: steps.length, units: new Set(steps.map(({ role }) => role ?? '')).size },
  };
}

function noPlan({ grade }: Incident): DecisionOption {
  const reasons = [
    grade === null
      ? reason(
          'met',
          say('事件尚未定级，可先研判', 'The incident is not graded yet: it can be looked at first'),
        )
      : reason(
          'unmet',
          say(`事件已定为${gradeTitles[grade].zh}`, `The incident is graded ${gradeTitles[grade].en}`),
        ),
  ];
  return {
    ...{ id: 'none', plan: null, title: say('不启动预案，继续处置', 'Start none, go on as it is') },
    ...{ clause: '', reasons, confidence: confidenceOf(reasons), recommended: false, steps: 0, units: 0 },
  };
}

const reason = (kind: OptionReason['kind'], text: Title, clause = ''): OptionReason => ({
  kind,
  text,
  clause,
});
const judged = (when: Title, clause: string): OptionReason =>
  reason('judge', say(`启动条件：${when.zh}`, `Start condition: ${when.en}`), clause);

const confidenceOf = (reasons: readonly OptionReason[]): DecisionOption['confidence'] => ({
  met: reasons.filter(({ kind }) => kind === 'met').length,
  checked: reasons.filter(({ kind }) => kind !== 'judge').length,
});

function ofKind({ kind }: Incident, { kinds }: Plan): OptionReason {
  const { zh, en } = kindTitles[kind];
  return kinds.includes(kind)
    ? reason('met', say(`预案适用于${zh}`, `Written for: ${en}`))
    : reason('unmet', say(`预案不适用于${zh}`, `Not written for: ${en}`));
}

/** The grade of an incident and the level of a response have the same four steps; the plan says what each starts. */
function ofLevel(
  { grade }: Incident,
  { plan, level }: { readonly plan: Plan; readonly level: Grade },
): OptionReason {
  const { zh, en } = responseTitles[level];
  const clause = plan.levels[level]?.clause ?? '';
  if (grade === null)
    return reason(
      'unmet',
      say(`事件未定级，${zh}无等级依据`, `Not graded: no grade speaks for ${en}`),
      clause,
    );
  return grade === level
    ? reason(
        'met',
        say(`事件等级${gradeTitles[grade].zh}对应${zh}`, `Grade ${gradeTitles[grade].en}: ${en}`),
        clause,
      )
    : reason(
        'unmet',
        say(`事件等级${gradeTitles[grade].zh}，不对应${zh}`, `Grade ${gradeTitles[grade].en}, not ${en}`),
        clause,
      );
}

/** A plan of the city (its code ends in zeros) holds in every county. */
function ofArea({ region }: Incident, { area }: Plan): OptionReason {
  const beginning = area.replace(/(?:00)+$/, '');
  return region.startsWith(beginning)
    ? reason('met', say('事件在预案适用地域内', 'The incident lies in its area'))
    : reason('unmet', say('事件不在预案适用地域内', 'The incident lies outside its area'));
}

const ofWork = (isActive: boolean): OptionReason =>
  isActive
    ? reason('unmet', say('本预案已为本事件启动', 'The plan is active for this incident already'))
    : reason('met', say('本预案尚未为本事件启动', 'The plan is not active for this incident'));

const ofFindings = (errors: number): OptionReason =>
  errors === 0
    ? reason('met', say('预案检查无错误', 'The linter finds no error'))
    : reason('unmet', say(`预案检查有 ${errors} 处错误`, `The linter finds ${errors} errors`));
