// What of a plan is edited, part by part: fields with their words, and reading and writing one without touching the rest. Pure.
import type { Title } from '../../../contracts/column.ts';
import { title } from '../../../contracts/declare.ts';
import type { Plan } from '../../../contracts/records/plan.ts';
import { responseTitles } from '../../../contracts/records/plan.ts';
import { grades, type Grade } from '../../../contracts/records/incident.ts';

/** list: words with commas between them. `maybe`: empty is null. */
export interface Field {
  readonly path: readonly string[];
  readonly name: Title;
  readonly kind: 'line' | 'long' | 'number' | 'list' | 'grade' | 'flag';
  readonly maybe?: true;
}

export const partTitles = {
  steps: title('步骤', 'Steps'),
  levels: title('响应级别', 'Response levels'),
  deputies: title('副指挥长', 'Deputies'),
  groups: title('工作组', 'Groups'),
  clauses: title('条款', 'Clauses'),
  contacts: title('通讯录', 'Numbers'),
} as const;
export type PartName = keyof typeof partTitles;
export const parts = Object.keys(partTitles) as readonly PartName[];

const line = (path: string, name: Title): Field => ({ path: path.split('.'), name, kind: 'line' });
const both = (path: string, name: Title, kind: 'line' | 'long' = 'line'): Field[] =>
  (['zh', 'en'] as const).map((language) => ({
    path: [...path.split('.'), language],
    name: title(`${name.zh}（${language === 'zh' ? '中文' : '英文'}）`, `${name.en} (${language})`),
    kind,
  }));
const clause = line('clause', title('条款号', 'Clause'));
const unit = line('unit', title('单位编号', 'Unit'));
const id = line('id', title('编号', 'Id'));

export const fieldsOf: Readonly<Record<PartName, readonly Field[]>> = {
  steps: [
    ...[id, clause, ...both('text', title('内容', 'Text'), 'long')],
    { ...line('role', title('责任（工作组、office、chief 或单位）', 'Role')), maybe: true },
    { path: ['from'], name: title('起始级别', 'From level'), kind: 'grade' },
    { path: ['withinMin'], name: title('时限（分钟）', 'Within (min)'), kind: 'number', maybe: true },
    { path: ['after'], name: title('前置步骤', 'After'), kind: 'list' },
    { path: ['places'], name: title('地点编号', 'Places'), kind: 'list' },
    { path: ['resources'], name: title('力量物资编号', 'Resources'), kind: 'list' },
    { path: ['proof'], name: title('反馈要求（photo、note）', 'Proof (photo, note)'), kind: 'list' },
  ],
  levels: [
    ...both('when', title('启动条件', 'Start condition'), 'long'),
    ...both('startedBy', title('启动人', 'Started by')),
    {
      path: ['reportEveryMin'],
      name: title('续报间隔（分钟）', 'Report every (min)'),
      kind: 'number',
      maybe: true,
    },
    clause,
  ],
  deputies: [...both('post', title('职务', 'Post')), unit, clause],
  groups: [
    ...[id, ...both('name', title('名称', 'Name')), line('lead', title('牵头单位', 'Lead'))],
    { ...line('deputy', title('副牵头单位', 'Deputy')), maybe: true },
    { path: ['members'], name: title('成员单位', 'Members'), kind: 'list' },
    ...[...both('duties', title('职责', 'Duties'), 'long'), clause],
  ],
  clauses: [
    line('no', title('条款号', 'Number')),
    ...both('title', title('标题', 'Title')),
    ...both('text', title('条文', 'Text'), 'long'),
  ],
  contacts: [
    ...[unit, ...both('post', title('职务', 'Post')), line('phone', title('电话', 'Number'))],
    { path: ['checked', 'on'], name: title('拨测日期', 'Tried on'), kind: 'line', maybe: true },
    { path: ['checked', 'reached'], name: title('接通', 'Reached'), kind: 'flag' },
  ],
};

/** What people call a field of a difference; its own path where nobody edits it here. */
export function nameOfField(part: string, path: string): Title {
  const fields = (fieldsOf as Readonly<Record<string, readonly Field[]>>)[part] ?? [];
  return fields.find((field) => field.path.join('.') === path)?.name ?? title(path, path);
}

export interface Item {
  readonly key: string;
  readonly name: string;
  readonly value: object;
}

const text = (zh = '新', en = 'New') => ({ zh, en });
const fresh: Readonly<Record<Exclude<PartName, 'levels'>, () => object>> = {
  steps: () => ({
    ...{ id: 'new-step', clause: '1', text: text(), role: null, from: 'IV', withinMin: null },
    ...{ after: [], places: [], resources: [], proof: [] },
  }),
  deputies: () => ({ post: text(), unit: 'city', clause: '1' }),
  groups: () => ({
    ...{
      id: 'new-group',
      name: text(),
      lead: 'city',
      deputy: null,
      members: [],
      duties: text(),
      clause: '1',
    },
  }),
  clauses: () => ({ no: '99', title: text(), text: text() }),
  contacts: () => ({ unit: 'city', post: text(), phone: '110', checked: null }),
};
const freshLevel = () => ({ when: text(), startedBy: text(), reportEveryMin: null, clause: '1' });

const listOf = (plan: Plan, part: Exclude<PartName, 'levels'>): readonly object[] =>
  part === 'deputies' ? plan.command.deputies : plan[part];

export function itemsOf(plan: Plan, part: PartName): readonly Item[] {
  if (part === 'levels')
    return Object.entries(plan.levels).map(([level, value]) => ({
      ...{ key: level, name: responseTitles[level as Grade].zh, value },
    }));
  return listOf(plan, part).map((value, at) => ({ key: String(at), name: nameOf(value), value }));
}

function nameOf(value: object): string {
  const said = ['no', 'clause', 'id', 'text.zh', 'title.zh', 'post.zh', 'phone'].map((path) =>
    String(read(value, path.split('.')) ?? ''),
  );
  return said
    .filter((one) => one !== '')
    .join(' ')
    .slice(0, 40);
}

/** The same plan with one item changed; `value` null: without it. */
export function withItem(
  plan: Plan,
  part: PartName,
  { key, value }: { key: string; value: object | null },
): Plan {
  if (part === 'levels') {
    const { [key as Grade]: _old, ...rest } = plan.levels;
    return { ...plan, levels: value ? { ...plan.levels, [key]: value } : rest };
  }
  const list = listOf(plan, part).flatMap((one, at) => (String(at) !== key ? [one] : value ? [value] : []));
  return withList(plan, part, list);
}

/** With a new item at the end, and its key; null: there is room for no more. */
export function withNew(plan: Plan, part: PartName): { readonly plan: Plan; readonly key: string } | null {
  if (part === 'levels') {
    const level = [...grades].reverse().find((one) => !plan.levels[one]);
    if (!level) return null;
    return { plan: { ...plan, levels: { ...plan.levels, [level]: freshLevel() } }, key: level };
  }
  const list = listOf(plan, part);
  return { plan: withList(plan, part, [...list, fresh[part]()]), key: String(list.length) };
}

/** What does not fit is refused by the server, which names the member. */
function withList(plan: Plan, part: Exclude<PartName, 'levels'>, list: readonly object[]): Plan {
  if (part === 'deputies') return { ...plan, command: { ...plan.command, deputies: list as never } };
  return { ...plan, [part]: list };
}

function read(value: unknown, path: readonly string[]): unknown {
  let at = value;
  for (const name of path) at = (at as Readonly<Record<string, unknown>> | null | undefined)?.[name];
  return at;
}

function write(value: unknown, [name, ...rest]: readonly string[], now: unknown): unknown {
  if (name === undefined) return now;
  const held = (value ?? {}) as Readonly<Record<string, unknown>>;
  return { ...held, [name]: write(held[name], rest, now) };
}

/** As it stands in its input. */
export function inputOf(item: object, { path, kind }: Field): string {
  const value = read(item, path);
  if (kind === 'list') return ((value ?? []) as readonly string[]).join(', ');
  return value === null || value === undefined ? '' : String(value);
}

/** The item with what stands in an input now. A number that was never tried has neither day nor result. */
export function withInput(item: object, { path, kind, maybe }: Field, said: string): object {
  const clean = said.trim();
  if (path[0] === 'checked' && path[1] === 'on')
    return {
      ...item,
      checked: clean === '' ? null : { on: clean, reached: read(item, ['checked', 'reached']) === true },
    };
  if (kind === 'flag')
    return read(item, ['checked']) === null ? item : (write(item, path, said === 'true') as object);
  if (kind === 'list') {
    const words = clean.split(/[,，、\s]+/).filter((word) => word !== '');
    return write(item, path, words) as object;
  }
  const value = clean === '' && maybe ? null : kind === 'number' ? Number(clean) : said;
  return write(item, path, value) as object;
}
