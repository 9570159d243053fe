// What incidents need of their world: rows as evidence, regions of places, photos; and their own rows on every screen.
import type { Column, LonLat } from '../../contracts/column.ts';
import { CodedError } from '../../contracts/errors.ts';
import { incident as incidentLayer } from '../../contracts/layers/incident.ts';
import { task as taskLayer } from '../../contracts/layers/task.ts';
import type { RemoveReason, Row } from '../../contracts/layer.ts';
import type { Incident } from '../../contracts/records/incident.ts';
import { ownerOf } from '../../contracts/records/incident.ts';
import { isTaskOpen, type Task } from '../../contracts/records/task.ts';
import type { FileShelf } from '../command/file-shelf.ts';
import type { CopiedRow, IncidentTargets } from '../command/port.ts';
import type { RegionGrid } from '../ingest/region-grid.ts';
import type { Clock } from '../kit/clock.ts';
import type { LiveWorld } from '../state/live-world.ts';
import { showEvacuation, showEvacuationsOnly } from './evacuation-rows.ts';

/** What this server says itself, as the source of a row. */
const SELF = 'leader-cockpit';

interface TargetParts {
  readonly world: LiveWorld;
  readonly grid: RegionGrid;
  readonly files: FileShelf;
  readonly clock: Clock;
  readonly cityCode: string;
  /** Everything in a demonstration is synthetic, what people do in it too. */
  readonly isDemo: boolean;
}

export function incidentTargets(parts: TargetParts): IncidentTargets {
  const { world, grid, files, cityCode } = parts;
  return {
    copyRow: (layer, key) => copyRow(parts, layer, key),
    regionAt: (position) => (position && grid.regionAt(position[0], position[1])) || cityCode,
    file: (hash) => files.find(hash),
    show: (incident, isOverdue) => show(parts, incident, isOverdue),
    showTask: (incident, task, isOverdue) => showTask(parts, { incident, task, isOverdue }),
    showOnly: (incidents, tasks) => {
      for (const [layer, ids] of [
        [incidentLayer, incidents],
        [taskLayer, tasks],
      ] as const) {
        const table = world.table(layer.slug);
        for (const { key } of [...table.rows()])
          if (!ids.has(Number(key))) table.remove(table.slotOf(key), 'gone');
      }
      showEvacuationsOnly(parts, incidents);
    },
    labelOf: (layer, column) => {
      const columns: Readonly<Record<string, Column>> = world.layers.get(layer)?.layer.columns ?? {};
      return columns[column] ? (columns[column].label ?? 'public') : 'sensitive';
    },
  };
}

/** Cells of a grid are no evidence of one thing, and too many to copy. */
function copyRow({ world, clock, cityCode }: TargetParts, layer: string, key: string): CopiedRow {
  const held = world.layers.get(layer);
  if (!held) throw new CodedError('request/not-found', `layer ${layer}`);
  const slot = held.table.slotOf(key);
  if (slot < 0) throw new CodedError('request/not-found', `row ${key} of ${layer}`);
  const row = held.table.row(slot);
  const columns = Object.entries<Column>(held.layer.columns).filter(([, { type }]) => type !== 'cells');
  const values = Object.fromEntries(columns.map(([name]) => [name, row.values[name] ?? null]));
  const place = columns.find(([, { type }]) => type === 'position')?.[0];
  return {
    evidence: {
      layer,
      key,
      name: String(values['title'] ?? values['name'] ?? key),
      values,
      source: row.source,
      quality: row.quality,
      synthetic: row.synthetic,
      validAt: row.validAt,
      knownAt: clock.now(),
    },
    position: place === undefined ? null : (values[place] as LonLat | null),
    region: row.regionCode || cityCode,
  };
}

function show(parts: TargetParts, incident: Incident, isOverdue: boolean): void {
  const isOver = incident.stage === 'archived' || incident.stage === 'merged';
  showEvacuation(parts, incident, !isOver);
  if (isOver) {
    takeOff(
      parts,
      { layer: incidentLayer, id: incident.id },
      incident.stage === 'merged' ? 'superseded' : 'gone',
    );
    return;
  }
  put(
    parts,
    { layer: incidentLayer, id: incident.id },
    { of: incident, region: incident.region, values: valuesOf(incident, isOverdue) },
  );
}

function showTask(
  parts: TargetParts,
  { incident, task, isOverdue }: { incident: Incident; task: Task; isOverdue: boolean },
): void {
  const row = { layer: taskLayer, id: task.id };
  if (!isTaskOpen(task)) return takeOff(parts, row, task.state === 'withdrawn' ? 'cancelled' : 'gone');
  put(parts, row, {
    of: incident,
    region: task.region,
    values: {
      position: task.position ?? incident.position,
      title: task.text.slice(0, 160),
      state: task.state,
      incident: incident.no,
      incidentId: incident.id,
      unit: task.unit.name.zh,
      unitId: task.unit.id,
      place: task.place || incident.place,
      dueAt: task.dueAt,
      overdue: isOverdue ? 'yes' : 'no',
      revision: task.seq,
    },
  });
}

interface Shown {
  readonly layer: typeof incidentLayer | typeof taskLayer;
  readonly id: number;
}

function takeOff({ world }: TargetParts, { layer, id }: Shown, why: RemoveReason): void {
  const table = world.table(layer.slug);
  const slot = table.slotOf(String(id));
  if (slot >= 0) table.remove(slot, why);
}

function put(
  { world, isDemo, clock }: TargetParts,
  { layer, id }: Shown,
  { of, region, values }: { of: Incident; region: string; values: Row['values'] },
): void {
  const held = world.layers.get(layer.slug);
  if (!held) throw new Error(`layer ${layer.slug} is not loaded: see contracts/layers`);
  const { table, batch } = held;
  const slot = table.slotOf(String(id));
  // What stands already is not said again: a restart is no news.
  if (slot >= 0 && sameValues(table.row(slot), values)) return;
  const synthetic = isDemo || of.evidence.some((one) => one.synthetic);
  const row = { key: String(id), validAt: clock.now(), regionCode: region, source: SELF, synthetic, values };
  table.put(row);
  batch.append(row);
}

type Values = Row<(typeof incidentLayer)['columns']>['values'];

function valuesOf(incident: Incident, isOverdue: boolean): Values {
  const owner = ownerOf(incident);
  const yes = (is: boolean): 'yes' | 'no' => (is ? 'yes' : 'no');
  return {
    position: incident.position,
    title: incident.title,
    no: incident.no,
    kind: incident.kind,
    stage: incident.stage,
    grade: incident.grade,
    owner: owner.name.zh,
    ownerId: owner.id,
    place: incident.place,
    dueAt: incident.dueAt,
    overdue: yes(isOverdue),
    supervised: yes(incident.supervised !== null),
    urgent: yes(incident.urgent),
    urges: Math.min(incident.urges, 1000),
    dead: incident.facts.dead ?? null,
    reportedAt: incident.reportedAt,
    revision: incident.seq,
  };
}

/** Positions are rounded by the table: the revision says whether anything else changed. */
const sameValues = ({ values }: Row, wanted: Row['values']): boolean =>
  values['revision'] === wanted['revision'] && values['overdue'] === wanted['overdue'];
