// Clusters as rows of the layer `cluster`.
import type { cluster } from '../../../contracts/layers/cluster.ts';
import type { RowInput } from '../../../contracts/table.ts';
import type { RowTarget } from '../alert-rows.ts';
import type { Group } from './group.ts';

const SELF = 'leader-cockpit';

/** Puts, or ends, the row of a group. */
export function writeCluster({ table, batch }: RowTarget, group: Group, at: number): void {
  const slot = table.slotOf(group.id);
  const { state } = group;
  if (group.members.size < 2 || (state !== 'proposed' && state !== 'confirmed')) {
    if (slot >= 0) table.remove(slot, state === 'dismissed' ? 'cancelled' : 'gone');
    return;
  }
  const said = group.listed();
  const row: RowInput<(typeof cluster)['columns']> = {
    key: group.id,
    validAt: at,
    regionCode: said.region,
    source: SELF,
    synthetic: said.signals.some(({ facts }) => facts.synthetic),
    values: {
      position: said.position,
      title: said.title.slice(0, 200),
      severity: said.severity,
      state,
      confidencePct: Math.round(said.confidence * 100),
      signals: said.count,
      kinds: Object.entries(said.kinds).map(([layer, count]) => `${layer} ${count}`),
      reasons: said.reasons.map((reason) => reason.slice(0, 80)),
      contradictions: said.contradictions.map((text) => text.slice(0, 120)),
      firstAt: said.firstAt,
      lastAt: said.lastAt,
      by: said.by,
    },
  };
  table.put(row);
  batch.append(row);
}
