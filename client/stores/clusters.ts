// Clusters as this page sees them: the list is rows of the layer, so that it follows the time that is shown; the signals of
// the chosen one are asked of the server, and so is what people say of it.
import { shallowRef } from 'vue';
import type { cluster as clusterLayer } from '../../contracts/layers/cluster.ts';
import { opinionPost } from '../../contracts/layers/opinion-post.ts';
import type { Cluster, ClusterSignal } from '../../contracts/records/cluster.ts';
import type { LayerTable } from '../../contracts/table.ts';
import { citeRows, incidentFromRow, newAction, reporting, type RowRef } from './incidents.ts';
import type { Severity } from './indicators.ts';
import { askJson, type Answer, type Refusal } from './operations.ts';
import { rankOf } from './warnings.ts';

export type ClusterTable = LayerTable<(typeof clusterLayer)['columns']>;

export interface ListedCluster {
  readonly id: string;
  readonly title: string;
  readonly level: Severity | null;
  readonly state: 'proposed' | 'confirmed';
  /** 0 … 100. */
  readonly confidencePct: number;
  readonly signals: number;
  /** Slug of a layer and how many of its rows. */
  readonly kinds: readonly (readonly [layer: string, count: number])[];
  readonly contradictions: readonly string[];
  /** Epoch ms. */
  readonly lastAt: number;
}

/** Those nobody judged yet first, then the gravest, then the latest. */
export function listedClusters(table: ClusterTable): readonly ListedCluster[] {
  return [...table.rows()]
    .map(({ key, values, validAt }) => ({
      id: key,
      title: values.title ?? key,
      level: values.severity,
      state: values.state ?? 'proposed',
      confidencePct: values.confidencePct ?? 0,
      signals: values.signals ?? 0,
      kinds: (values.kinds ?? []).flatMap(kindOf),
      contradictions: values.contradictions ?? [],
      lastAt: values.lastAt ?? validAt,
    }))
    .sort(
      (a, b) =>
        Number(a.state === 'confirmed') - Number(b.state === 'confirmed') ||
        rankOf(a.level) - rankOf(b.level) ||
        b.lastAt - a.lastAt,
    );
}

/** "emergency-call 3" */
function kindOf(said: string): [string, number][] {
  const [layer = '', count = ''] = said.split(' ');
  return layer !== '' && /^\d+$/.test(count) ? [[layer, Number(count)]] : [];
}

/** The cluster whose card is open, as the server has it now; null: none, or it is being read. */
export const openedCluster = shallowRef<Cluster | null>(null);
export const clusterRefusal = shallowRef<Refusal | null>(null);
let wanted: string | null = null;

/** Reads a cluster anew; what was read of it before stays until the answer is there. */
export async function openCluster(id: string): Promise<void> {
  wanted = id;
  if (openedCluster.value?.id !== id) openedCluster.value = null;
  const answer = await askJson<{ clusters: readonly Cluster[] }>(
    `/api/clusters?${new URLSearchParams({ id }).toString()}`,
  );
  if (wanted !== id) return;
  clusterRefusal.value = answer.ok ? null : answer.refusal;
  if (answer.ok) openedCluster.value = answer.value.clusters[0] ?? null;
}

export function closeCluster(): void {
  wanted = null;
  openedCluster.value = null;
  clusterRefusal.value = null;
}

/** What people say of a cluster; each with a reason, which stays on record. */
export type Judgement =
  | { readonly kind: 'confirm' | 'dismiss' }
  | { readonly kind: 'split'; readonly signals: readonly RowRef[] }
  | { readonly kind: 'merge'; readonly into: string };

/** → the cluster that is left, the new one of a split, or the one it went into */
export function judgeCluster(id: string, said: Judgement, reason: string): Promise<Answer<Cluster>> {
  const { kind, ...more } = said;
  return askJson(`/api/clusters/${kind}`, { id, reason, ...more });
}

/** Rows that become evidence: more than that nobody reads in one incident. */
const MOST_EVIDENCE = 20;

/** The gravest signal first, of equal ones the earliest. */
export const gravestFirst = (signals: readonly ClusterSignal[]): readonly ClusterSignal[] =>
  [...signals].sort((a, b) => rankOf(a.severity) - rankOf(b.severity) || a.at - b.at);

/**
 * Makes an incident of the gravest signal that can become one, with the others as evidence. Where none can, alerts alone say,
 * the form of a new incident opens with what is known.
 * @param sources layers whose rows can become an incident
 */
export async function incidentFromCluster(
  { title, position, signals }: Cluster,
  sources: ReadonlySet<string>,
): Promise<Refusal | null> {
  const all = gravestFirst(signals);
  // A post says little of where and what: it leads only where there is nothing else.
  const isTold = all.some(({ layer }) => layer !== opinionPost.slug);
  const lead = all.find(({ layer }) => sources.has(layer) && !(isTold && layer === opinionPost.slug));
  const evidence = all.slice(0, MOST_EVIDENCE).map(({ layer, key }) => ({ layer, key }));
  if (!lead) {
    reporting.value = { at: position, place: '', title: title.slice(0, 120), evidence };
    return null;
  }
  const answer = await incidentFromRow({ layer: lead.layer, key: lead.key }, newAction());
  if (answer.outcome === 'refused') return answer.refusal;
  await citeRows(answer.view.incident, evidence);
  return null;
}
