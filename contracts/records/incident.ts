// What people handle (docs/incidents.md): the stages of its life, its grade, kind and evidence, and the record as the fold
// of its entries. What may be done to it is in incident-actions.ts.
import type { LonLat, Title } from '../column.ts';
import { title } from '../declare.ts';
import type { Task } from './task.ts';

/** In the order of its life; `merged` is aside of it. */
export const stageTitles = {
  reported: title('接报', 'Reported'),
  accepted: title('受理', 'Accepted'),
  graded: title('定级', 'Graded'),
  assigned: title('派发', 'Assigned'),
  handling: title('处置', 'Handling'),
  answered: title('反馈', 'Answered'),
  checked: title('核查', 'Checked'),
  closed: title('办结', 'Closed'),
  archived: title('归档', 'Archived'),
  merged: title('并案', 'Merged'),
} as const;
export type Stage = keyof typeof stageTitles;
export const stages = Object.keys(stageTitles) as readonly Stage[];

/** Ⅰ is the gravest. */
export const gradeTitles = {
  I: title('特别重大', 'Grade I'),
  II: title('重大', 'Grade II'),
  III: title('较大', 'Grade III'),
  IV: title('一般', 'Grade IV'),
} as const;
export type Grade = keyof typeof gradeTitles;
export const grades = ['I', 'II', 'III', 'IV'] as const satisfies readonly Grade[];

export const kindTitles = {
  'work-accident': title('生产安全事故', 'Workplace accident'),
  'gas-leak': title('燃气泄漏', 'Gas leak'),
  hazmat: title('危化品事故', 'Hazardous chemicals'),
  fire: title('火灾', 'Fire'),
  traffic: title('道路交通事故', 'Road accident'),
  rescue: title('抢险救援', 'Rescue'),
  flood: title('洪涝灾害', 'Flood'),
  waterlogging: title('城市内涝', 'Waterlogging'),
  'geo-hazard': title('地质灾害', 'Geological hazard'),
  earthquake: title('地震', 'Earthquake'),
  'forest-fire': title('森林火灾', 'Forest fire'),
  environment: title('突发环境事件', 'Environmental incident'),
  'food-poisoning': title('食物中毒', 'Food poisoning'),
  epidemic: title('传染病疫情', 'Infectious disease'),
  gathering: title('群体性事件', 'Crowd event'),
  security: title('治安事件', 'Public security'),
  cyber: title('网络安全事件', 'Network security'),
  opinion: title('舆情事件', 'Public opinion'),
  utility: title('公用事业故障', 'Utilities'),
  service: title('民生诉求', 'Service request'),
} as const;
export type IncidentKind = keyof typeof kindTitles;
export const incidentKinds = Object.keys(kindTitles) as readonly IncidentKind[];

/** What grading asks for; absent: not known. Counts of people unless the name says otherwise. */
export const factTitles = {
  dead: title('死亡（人）', 'Dead'),
  hurt: title('重伤（人）', 'Seriously hurt'),
  poisoned: title('中毒或患病（人）', 'Poisoned or ill'),
  evacuated: title('转移安置（人）', 'Evacuated'),
  gathered: title('聚集（人）', 'Gathered'),
  lossWan: title('直接损失（万元）', 'Direct loss (10,000 yuan)'),
  houses: title('倒损房屋（间）', 'Rooms destroyed'),
  magnitude: title('震级', 'Magnitude'),
  burntHa: title('过火面积（公顷）', 'Burnt area (ha)'),
  roadsOver50cm: title('积水超 50 厘米道路（条）', 'Roads under more than 50 cm'),
  roadsOver30cm: title('积水超 30 厘米道路（条）', 'Roads under more than 30 cm'),
  pointsOver15cm: title('积水超 15 厘米点（处）', 'Points under more than 15 cm'),
  counties: title('波及县区（个）', 'Counties concerned'),
  provinces: title('波及省份（个）', 'Provinces concerned'),
} as const;
export type Fact = keyof typeof factTitles;
export const factNames = Object.keys(factTitles) as readonly Fact[];
export type Facts = Readonly<Partial<Record<Fact, number>>>;

export const channelTitles = {
  phone: title('值班电话', 'Telephone'),
  map: title('地图上报', 'On the map'),
  row: title('由信号生成', 'From a signal'),
  field: title('网格员上报', 'From the field'),
  upper: title('上级交办', 'From above'),
  split: title('拆分', 'Split off'),
} as const;
export type Channel = keyof typeof channelTitles;

export const briefTitles = {
  first: title('首报', 'First report'),
  update: title('续报', 'Follow-up'),
  final: title('终报', 'Final report'),
} as const;
export type BriefKind = keyof typeof briefTitles;

export const verdictTitles = {
  agree: title('同意', 'Agrees'),
  disagree: title('不同意', 'Disagrees'),
  note: title('意见', 'Remarks'),
} as const;
export type Verdict = keyof typeof verdictTitles;

/** What can be done, in the order of a life; marks last. */
export const verbTitles = {
  accept: title('受理', 'Accept'),
  grade: title('定级', 'Grade'),
  assign: title('派发', 'Assign'),
  start: title('开始处置', 'Start handling'),
  answer: title('反馈', 'Answer'),
  check: title('核查', 'Check'),
  close: title('办结', 'Close'),
  rate: title('评价', 'Rate'),
  archive: title('归档', 'Archive'),
  return: title('退回', 'Send back'),
  'hand-over': title('移交', 'Hand over'),
  escalate: title('提级', 'Escalate'),
  reopen: title('重新办理', 'Open again'),
  merge: title('并案', 'Merge'),
  split: title('拆分', 'Split'),
  amend: title('更正', 'Amend'),
  urge: title('催办', 'Urge'),
  supervise: title('督办', 'Supervise'),
  review: title('审核', 'Review'),
  brief: title('信息报送', 'Report upward'),
  note: title('记录', 'Note'),
  cite: title('引为依据', 'Cite as evidence'),
} as const;
export type Verb = keyof typeof verbTitles;
export const verbs = Object.keys(verbTitles) as readonly Verb[];

/** Of the city's organisation: the city desk, a department, a county's centre, a town. */
export interface UnitRef {
  /** `city`, `dept:<id>`, `county:<code>`, `town:<code>`. */
  readonly id: string;
  readonly name: Title;
}

/** A row as it stood when it was taken as evidence: a copy, whatever becomes of the row. */
export interface Evidence {
  readonly layer: string;
  readonly key: string;
  readonly name: string;
  /** By column, as in /api/layers; columns the reader may not see are left out of the answer. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly source: string;
  readonly quality: string;
  readonly synthetic: boolean;
  /** The moment the row speaks of, epoch ms. */
  readonly validAt: number;
  /** City clock when it was copied, epoch ms. */
  readonly knownAt: number;
}

export interface FileRef {
  /** SHA-256 of what is kept, hex. */
  readonly hash: string;
  readonly type: 'image/jpeg' | 'image/png' | 'audio/webm' | 'audio/mp4';
  readonly bytes: number;
}

/** One entry of the log, as people read it. */
export interface LogLine {
  /** Sequence of the entry; the order of what was done. */
  readonly seq: number;
  readonly verb: string;
  readonly by: string;
  /** When it was done, as who did it says; epoch ms. */
  readonly happenedAt: number;
  /** When we knew it. */
  readonly knownAt: number;
  /** The stage it led to. */
  readonly stage: Stage;
  readonly text: string;
  /** What was said beside the text. */
  readonly said: Readonly<Record<string, unknown>>;
  readonly files: readonly FileRef[];
  /** The step before was left after its time. */
  readonly late: boolean;
}

export interface Incident {
  /** Sequence of its first entry in the log. */
  readonly id: number;
  /** For people: local day and number within it, `20260715-003`. */
  readonly no: string;
  /** Of its last entry: what an action names as seen. */
  readonly seq: number;
  readonly stage: Stage;
  /** Where it stood before it was merged; null: it is not. */
  readonly before: Stage | null;
  readonly kind: IncidentKind;
  readonly channel: Channel;
  readonly title: string;
  readonly text: string;
  readonly place: string;
  readonly position: LonLat | null;
  /** Code of county or town; the city's own where neither is known. */
  readonly region: string;
  readonly urgent: boolean;
  readonly facts: Facts;
  readonly grade: Grade | null;
  /** What the criteria said then, and why people said otherwise; null before it is graded. */
  readonly gradeReason: Title | null;
  /** Who leads it: the city's desk or that of a county. */
  readonly desk: UnitRef;
  /** Who handles it; null before it is assigned. */
  readonly unit: UnitRef | null;
  readonly assisting: readonly UnitRef[];
  /** Grid worker or liaison, by the name people gave; '' where none is named. */
  readonly worker: string;
  readonly happenedAt: number;
  readonly reportedAt: number;
  readonly reportedBy: string;
  /** Since when it is in its stage. */
  readonly stageAt: number;
  /** When the step has to be done; null: it has no time standard. */
  readonly dueAt: number | null;
  /** Next report to the level above; null: none is due. */
  readonly briefDueAt: number | null;
  readonly briefs: number;
  readonly urges: number;
  readonly supervised: { readonly by: string; readonly at: number; readonly text: string } | null;
  readonly rating: { readonly score: number | null; readonly text: string; readonly at: number } | null;
  readonly returns: number;
  readonly reopens: number;
  /** Steps that were left after their time. */
  readonly lateSteps: number;
  readonly mergedInto: number | null;
  readonly merged: readonly number[];
  readonly parent: number | null;
  readonly children: readonly number[];
  /** What units were asked to do for it, in the order they were given. */
  readonly tasks: readonly Task[];
  readonly evidence: readonly Evidence[];
  readonly log: readonly LogLine[];
}

/** Everything but log, tasks, evidence and long text: what lists need. */
export type IncidentSummary = Omit<Incident, 'log' | 'tasks' | 'evidence' | 'text' | 'facts'>;

/** Who does the step an incident waits for. */
export function ownerOf({ stage, unit, desk }: Pick<Incident, 'stage' | 'unit' | 'desk'>): UnitRef {
  return (stage === 'assigned' || stage === 'handling') && unit ? unit : desk;
}

const OVER: ReadonlySet<Stage> = new Set(['closed', 'archived', 'merged']);
export const isOpen = ({ stage }: Pick<Incident, 'stage'>): boolean => !OVER.has(stage);

/** Closed ones still owe their rating and archive, and can be late with them. */
export const isOverdue = ({ dueAt }: Pick<Incident, 'dueAt'>, now: number): boolean =>
  dueAt !== null && dueAt < now;
