// Evacuation on every screen: a row for each place of each task that moves people, and sums by task, incident and city, so that
// map, history, replay and scenarios can ask for them.
import { evacuation } from '../../contracts/layers/evacuation.ts';
import type { EvacuationSum } from '../../contracts/records/evacuation.ts';
import { percentOf, sumOfMoves } from '../../contracts/records/evacuation.ts';
import type { Incident } from '../../contracts/records/incident.ts';
import type { Task } from '../../contracts/records/task.ts';
import { isMove } from '../../contracts/records/task.ts';
import type { RowInput } from '../../contracts/table.ts';
import type { Clock } from '../kit/clock.ts';
import type { LiveWorld } from '../state/live-world.ts';

/** What this server says itself, as the source of a row. */
const SELF = 'leader-cockpit';
const CITY = 'city';
/** Of the code of a town. */
const TOWN_DIGITS = 9;

export interface EvacuationParts {
  readonly world: LiveWorld;
  readonly clock: Clock;
  readonly cityCode: string;
  readonly isDemo: boolean;
}

type Values = RowInput<(typeof evacuation)['columns']>['values'];
interface Wanted {
  readonly key: string;
  readonly region: string;
  readonly values: Required<Values>;
}

/** @param isShown false: it is archived or part of another, so that nothing of it is counted any more */
export function showEvacuation(parts: EvacuationParts, incident: Incident, isShown: boolean): void {
  const tasks = isShown ? incident.tasks.filter((task) => isMove(task) && task.state !== 'withdrawn') : [];
  const held = heldIn(parts);
  const before = [...held.table.rows()].filter(({ values }) => values['incidentId'] === incident.id);
  if (tasks.length === 0 && before.length === 0) return;
  const synthetic = parts.isDemo || incident.evidence.some((one) => one.synthetic);
  const wanted = tasks.length === 0 ? [] : rowsOf(incident, tasks);
  const keys = new Set(wanted.map(({ key }) => key));
  for (const { key } of before) if (!keys.has(key)) held.table.remove(held.table.slotOf(key), 'gone');
  for (const one of wanted) put(parts, one, synthetic);
  showCity(parts);
}

/** Takes off what is of none of these incidents. */
export function showEvacuationsOnly(parts: EvacuationParts, incidents: ReadonlySet<number>): void {
  const { table } = heldIn(parts);
  const lost = [...table.rows()].filter(
    ({ values }) => values['scope'] !== CITY && !incidents.has(Number(values['incidentId'])),
  );
  for (const { key } of lost) table.remove(table.slotOf(key), 'gone');
  if (lost.length > 0) showCity(parts);
}

function rowsOf(incident: Incident, tasks: readonly Task[]): Wanted[] {
  const of = { incident: incident.no, incidentId: incident.id };
  const none = { position: null, place: null, taskId: null, unit: null, unitId: null, state: null };
  const all = tasks.flatMap(({ move = [] }) => move);
  return [
    ...tasks.flatMap((task) => rowsOfTask(task, of)),
    {
      ...{ key: `incident-${incident.id}`, region: incident.region },
      values: { ...none, ...of, name: incident.title.slice(0, 160), scope: 'incident', ...sumOfMoves(all) },
    },
  ];
}

function rowsOfTask(task: Task, of: { readonly incident: string; readonly incidentId: number }): Wanted[] {
  const { id, unit, state, move = [], region } = task;
  const by = { ...of, taskId: id, unit: unit.name.zh, unitId: unit.id, state };
  return [
    ...move.map(({ place, name, position, countedAt, ...counts }): Wanted => ({
      ...{ key: `task-${id}-${place}`, region: place.slice(0, TOWN_DIGITS) },
      values: {
        ...{ ...by, position, place, name: name.zh, scope: 'place', countedAt },
        ...{ ...counts, percent: percentOf(counts) },
      },
    })),
    {
      ...{ key: `task-${id}`, region },
      values: {
        ...{ ...by, position: null, place: null, name: task.text.slice(0, 160), scope: 'task' },
        ...sumOfMoves(move),
      },
    },
  ];
}

/** Of all incidents on the screens. */
function showCity(parts: EvacuationParts): void {
  const { table } = heldIn(parts);
  const sums = [...table.rows()]
    .filter(({ values }) => values['scope'] === 'incident')
    .map(({ values }) => values as unknown as EvacuationSum);
  if (sums.length === 0) {
    const slot = table.slotOf(CITY);
    if (slot >= 0) table.remove(slot, 'gone');
    return;
  }
  const none = { position: null, place: null, taskId: null, incident: null, incidentId: null };
  const values = { ...none, unit: null, unitId: null, state: null, name: '全市', scope: CITY } as const;
  put(
    parts,
    { key: CITY, region: parts.cityCode, values: { ...values, ...sumOfMoves(sums) } },
    parts.isDemo || [...table.rows()].some((row) => row.synthetic),
  );
}

/** What stands already is not said again: a restart is no news. */
function put(parts: EvacuationParts, { key, region, values }: Wanted, synthetic: boolean): void {
  const { table, batch } = heldIn(parts);
  const slot = table.slotOf(key);
  const now = slot < 0 ? null : (table.row(slot).values as Readonly<Record<string, unknown>>);
  const isSame =
    now !== null &&
    Object.entries(values).every(([name, value]) => name === 'position' || now[name] === value);
  if (isSame) return;
  const row = { key, validAt: parts.clock.now(), regionCode: region, source: SELF, synthetic, values };
  table.put(row);
  batch.append(row);
}

function heldIn({ world }: EvacuationParts) {
  const held = world.layers.get(evacuation.slug);
  if (!held) throw new Error(`layer ${evacuation.slug} is not loaded: see contracts/layers`);
  return held;
}
