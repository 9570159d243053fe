// The road network as this page sees it: what is closed, who is cut off, and closing an area that was drawn by measuring.
import { shallowRef } from 'vue';
import type { LonLat } from '../../contracts/column.ts';
import type { CutPreview, RoadClosure, RoadsView } from '../../contracts/records/road.ts';
import { newAction } from './incidents.ts';
import { askJson, type Answer, type Refusal } from './operations.ts';

/** null until it was read. */
export const roads = shallowRef<RoadsView | null>(null);
export const roadsRefusal = shallowRef<Refusal | null>(null);

export async function loadRoads(): Promise<void> {
  const answer = await askJson<RoadsView>('/api/roads');
  roadsRefusal.value = answer.ok ? null : answer.refusal;
  if (answer.ok) roads.value = answer.value;
}

export const previewCut = (ring: readonly LonLat[]): Promise<Answer<CutPreview>> =>
  askJson('/api/roads/preview', { ring });

export async function closeRoads(ring: readonly LonLat[], reason: string): Promise<Answer<RoadClosure>> {
  const answer = await askJson<RoadClosure>('/api/roads/closures', { action: newAction(), ring, reason });
  await loadRoads();
  return answer;
}

/** @param id hand/<sequence> */
export async function openRoads(id: string, reason: string): Promise<Answer<RoadsView>> {
  const answer = await askJson<RoadsView>(`/api/roads/closures/${id.split('/')[1] ?? ''}/open`, {
    ...{ action: newAction(), reason },
  });
  await loadRoads();
  return answer;
}
