// Steps of activated plans on every screen: where each is done and by whom, how far it is. Rows come and go with the activation.
import type { LonLat } from '../../contracts/column.ts';
import { planStep } from '../../contracts/layers/plan-step.ts';
import type { Row } from '../../contracts/layer.ts';
import type { Incident } from '../../contracts/records/incident.ts';
import type { PlanRun, StepProgress } from '../../contracts/records/plan-run.ts';
import type { LayerTable } from '../../contracts/table.ts';
import type { IncidentBook } from '../command/incidents.ts';
import type { Clock, Timer } from '../kit/clock.ts';
import type { RunBook } from '../plans/run-book.ts';
import type { LiveWorld } from '../state/live-world.ts';
import type { Seats } from './order-targets.ts';

/** What this server says itself, as the source of a row. */
const SELF = 'leader-cockpit';
/** A step gets late by itself: it is seen this much later at most. */
const SWEEP_MS = 1000;

export interface PlanStepParts {
  readonly world: LiveWorld;
  readonly clock: Clock;
  readonly runs: Pick<RunBook, 'states' | 'progress'>;
  readonly incidents: Pick<IncidentBook, 'find'>;
  readonly seats: Seats;
  /** Where a place of the plan is; null: the city has none of that id. */
  readonly placeOf: (id: string) => LonLat | null;
  readonly isDemo: boolean;
}

type Columns = (typeof planStep)['columns'];
type Values = Row<Columns>['values'];

export class PlanStepRows {
  readonly #parts: PlanStepParts;
  #timer: Timer | null = null;
  /** When the next step gets late by itself, epoch ms. */
  #lateAt = Infinity;
  /** Rows as this run of the server said them last. */
  readonly #said = new Map<string, string>();
  /** Activations as they were last seen. */
  #seen = '';

  constructor(parts: PlanStepParts) {
    this.#parts = parts;
  }

  open(): void {
    this.refresh();
    this.#timer = this.#parts.clock.every(SWEEP_MS, () => this.#sweep());
  }

  close(): void {
    this.#timer?.stop();
  }

  /** A world that hurries sweeps very often: nothing is worked out where nothing can have changed. */
  #sweep(): void {
    if (this.#parts.clock.now() > this.#lateAt || this.#seen !== this.#standing()) this.refresh();
  }

  #standing(): string {
    return [...this.#parts.runs.states()].map(({ run }) => `${run.id} ${run.seq} ${run.level}`).join();
  }

  /** All of it each time; what stands already is not said again. */
  refresh(): void {
    this.#seen = this.#standing();
    const wanted = this.#wanted();
    const open = [...wanted.values()].map(({ values }) => values).filter(({ state }) => state === 'open');
    this.#lateAt = Math.min(...open.map(({ dueAt }) => dueAt ?? Infinity));
    const held = this.#parts.world.layers.get(planStep.slug);
    if (!held) throw new Error(`layer ${planStep.slug} is not loaded: see contracts/layers`);
    const table = held.table as unknown as LayerTable<Columns>;
    for (const { key } of [...table.rows()]) if (!wanted.has(key)) table.remove(table.slotOf(key), 'gone');
    for (const key of this.#said.keys()) if (!wanted.has(key)) this.#said.delete(key);
    for (const [key, { values, region }] of wanted) {
      if (this.#isSaid(table, key, values)) continue;
      const row = {
        ...{ key, validAt: this.#parts.clock.now(), regionCode: region, source: SELF },
        ...{ synthetic: this.#parts.isDemo, values },
      };
      table.put(row);
      held.batch.append(row);
    }
  }

  /** What an earlier run said counts as well: a restart is no news. */
  #isSaid(table: LayerTable<Columns>, key: string, values: Values): boolean {
    const slot = table.slotOf(key);
    const before = this.#said.get(key);
    const now = JSON.stringify(values);
    this.#said.set(key, now);
    if (slot < 0) return false;
    return before === undefined ? signOf(table.row(slot).values) === signOf(values) : before === now;
  }

  #wanted(): ReadonlyMap<string, { readonly values: Values; readonly region: string }> {
    const { runs, incidents } = this.#parts;
    const wanted = new Map<string, { values: Values; region: string }>();
    for (const { run, plan } of runs.states()) {
      const incident = run.level === null ? undefined : incidents.find(run.incident);
      if (!incident) continue;
      const places = new Map(plan.steps.map(({ id, places: [first] }) => [id, first]));
      for (const step of runs.progress(run.id, () => true).steps) {
        if (step.state === 'withdrawn') continue;
        const values = this.#valuesOf(step, { run, incident, place: places.get(step.step) });
        wanted.set(step.key, { values, region: incident.region });
      }
    }
    return wanted;
  }

  #valuesOf(
    step: StepProgress,
    at: { readonly run: PlanRun; readonly incident: Incident; readonly place: string | undefined },
  ): Values {
    const { seats, placeOf } = this.#parts;
    const { run, incident, place } = at;
    const task = incident.tasks.find(({ id }) => id === step.task);
    const site = task?.position ?? (place === undefined ? null : placeOf(place)) ?? incident.position;
    const seat = seats(step.unit.id);
    const isAway = seat && site && (seat[0] !== site[0] || seat[1] !== site[1]);
    return {
      // What is under way is a row of its own: one sign for one thing.
      position: isShownAsTask(step) ? null : site,
      way: isAway ? { type: 'LineString' as const, coordinates: [seat, site] } : null,
      title: step.text.zh.slice(0, 160),
      state: step.state,
      clause: step.clause,
      plan: run.title.zh,
      incident: incident.no,
      incidentId: incident.id,
      unit: step.unit.name.zh,
      unitId: step.unit.id,
      task: step.task,
      startAt: step.plannedStartAt,
      dueAt: step.dueAt,
    };
  }
}

const isShownAsTask = ({ state }: StepProgress): boolean => state === 'open' || state === 'late';

/** Positions are rounded by the table: what else changes says that they may have. */
const signOf = ({ state, task, dueAt, unitId, startAt }: Values): string =>
  JSON.stringify([state, task, dueAt, unitId, startAt]);
