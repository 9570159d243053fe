// Incidents as this page sees them: lists are rows of the layer; one with its log, and what can be done, is asked of the server.
// An action has an id from the moment its form opens, so that sending it again after a lost answer does it once.
import { reactive, shallowRef } from 'vue';
import type { LonLat, Title } from '../../contracts/column.ts';
import { title } from '../../contracts/declare.ts';
import { incident as incidentLayer } from '../../contracts/layers/incident.ts';
import type { Incident, IncidentSummary, LogLine, UnitRef, Verb } from '../../contracts/records/incident.ts';
import type { Conflict, IncidentView } from '../../contracts/records/incident-actions.ts';
import { refusalOf, type Refusal } from './operations.ts';
import { select } from './view.ts';
import { ofWorld } from '../world.ts';
import { askWorld, worldId } from './world.ts';

/** done: the incident as it is now. conflict: nothing was done; what was not seen, and the incident as it is now. */
export type ActionAnswer =
  | { readonly outcome: 'done'; readonly view: IncidentView }
  | {
      readonly outcome: 'conflict';
      readonly why: string;
      readonly since: readonly LogLine[];
      readonly view: IncidentView;
    }
  | { readonly outcome: 'refused'; readonly refusal: Refusal };

type Body = Readonly<Record<string, unknown>>;

/** @param status 0: there was no answer */
export function answerOf(status: number, said: unknown): ActionAnswer {
  const body = (said ?? {}) as Partial<Conflict>;
  if ((status === 200 || status === 201) && body.incident)
    return { outcome: 'done', view: said as IncidentView };
  if (status === 409 && body.incident) {
    const why = (body.message ?? '').split(': ')[0] ?? '';
    return { outcome: 'conflict', why, since: body.since ?? [], view: said as IncidentView };
  }
  return { outcome: 'refused', refusal: refusalOf(status, body.message ?? '') };
}

async function post(path: string, body: Body): Promise<ActionAnswer> {
  try {
    const response = await askWorld(`/api/incidents${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return answerOf(response.status, await response.json().catch(() => null));
  } catch {
    return answerOf(0, null);
  }
}

async function read<T>(path: string): Promise<T | Refusal> {
  try {
    const response = await askWorld(`/api/incidents${path}`);
    const said = (await response.json().catch(() => null)) as (T & { message?: string }) | null;
    return response.ok && said !== null ? said : refusalOf(response.status, said?.message ?? '');
  } catch {
    return refusalOf(0, '');
  }
}

/** The incident whose card is open; null: none, or it is being read. */
export const opened = shallowRef<IncidentView | null>(null);
export const openedRefusal = shallowRef<Refusal | null>(null);
/** Closed ones that were like it. */
export const similar = shallowRef<readonly IncidentSummary[]>([]);
/** Whom an incident can be given to; empty until they were read. */
export const units = shallowRef<readonly UnitRef[]>([]);
/** Layers whose rows can become an incident. */
export const signals = shallowRef<ReadonlySet<string>>(new Set());

let wanted = 0;

export async function openIncident(id: number): Promise<void> {
  wanted = id;
  if (opened.value?.incident.id !== id) {
    opened.value = null;
    similar.value = [];
  }
  const view = await read<IncidentView>(`/${id}`);
  if (wanted !== id) return;
  openedRefusal.value = 'incident' in view ? null : view;
  if ('incident' in view) opened.value = view;
  const alike = await read<{ incidents: readonly IncidentSummary[] }>(`/${id}/similar`);
  if (wanted === id && 'incidents' in alike) similar.value = alike.incidents;
}

export function closeIncident(): void {
  wanted = 0;
  opened.value = null;
  openedRefusal.value = null;
}

export async function loadUnits(): Promise<void> {
  if (units.value.length > 0) return;
  const said = await read<{ units: readonly UnitRef[]; signals: readonly string[] }>('/units');
  if (!('units' in said)) return;
  units.value = said.units;
  signals.value = new Set(said.signals);
}

/** An id for what somebody means once: 128 random bits, also where there is no TLS and so no randomUUID. */
export const newAction = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** Does one thing to the incident that is open, as it was last seen here. */
export async function act(
  of: Incident,
  verb: Verb,
  said: Body & { readonly action: string },
): Promise<ActionAnswer> {
  const answer = await post(`/${of.id}/${verb}`, { seen: of.seq, ...said });
  if (answer.outcome !== 'refused' && wanted === of.id) opened.value = answer.view;
  return answer;
}

export async function reportIncident(said: Body & { readonly action: string }): Promise<ActionAnswer> {
  return shown(await post('', said));
}

/** Makes an incident of a row; where it is one already, that one is shown. */
export async function incidentFromRow(row: RowRef, action: string): Promise<ActionAnswer> {
  return shown(await post('/from-row', { action, ...row }));
}

/** Adds rows to its evidence, in this order; what it has, or what is gone meanwhile, is left out. → how many were added */
export async function citeRows(of: Incident, rows: readonly RowRef[], text = ''): Promise<number> {
  const has = new Set(of.evidence.map(({ layer, key }) => `${layer} ${key}`));
  let added = 0;
  for (const { layer, key } of rows.filter((row) => !has.has(`${row.layer} ${row.key}`))) {
    const answer = await act(of, 'cite', { action: newAction(), layer, key, text });
    if (answer.outcome === 'done') added += 1;
  }
  return added;
}

function shown(answer: ActionAnswer): ActionAnswer {
  if (answer.outcome === 'refused') return answer;
  select({ layer: incidentLayer.slug, key: String(answer.view.incident.id) });
  return answer;
}

export interface RowRef {
  readonly layer: string;
  readonly key: string;
}

/** The form of a new incident: where it is asked for; null: closed. */
export interface Reporting {
  readonly at: LonLat | null;
  readonly place: string;
  /** What it is called at first. */
  readonly title?: string;
  /** Rows that become evidence of it. */
  readonly evidence?: readonly RowRef[];
}
export const reporting = shallowRef<Reporting | null>(null);

/** Where a photo is read from. */
export const photoUrl = (hash: string): string => ofWorld(`/api/incidents/files/${hash}`, worldId.value);

/** What the queue shows. */
export const queueFilters = ['open', 'overdue', 'supervised', 'closed'] as const;
export type QueueFilter = (typeof queueFilters)[number];
export const queueTitles: Readonly<Record<QueueFilter, Title>> = {
  open: title('在办', 'Open'),
  overdue: title('超时', 'Overdue'),
  supervised: title('督办', 'Supervised'),
  closed: title('待评价归档', 'To be rated'),
};
export const queue = reactive<{ filter: QueueFilter; owner: string | null }>({ filter: 'open', owner: null });
