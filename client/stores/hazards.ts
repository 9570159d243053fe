// Gas plumes and people in an area as this page asks for them; rows of both come with the layers.
import { shallowRef } from 'vue';
import type { LonLat } from '../../contracts/column.ts';
import { exposure as exposureLayer } from '../../contracts/layers/exposure.ts';
import type { Row } from '../../contracts/layer.ts';
import type { Exposure } from '../../contracts/records/exposure.ts';
import type { PlumesView, PlumeView, Terrain } from '../../contracts/records/plume.ts';
import { newAction } from './incidents.ts';
import { tableOf } from './layers.ts';
import { askJson, type Answer, type Refusal } from './operations.ts';

/** null until it was read. */
export const plumes = shallowRef<PlumesView | null>(null);
export const plumesRefusal = shallowRef<Refusal | null>(null);
/** Where a source is being set; null: nowhere. */
export const plumeAt = shallowRef<{ readonly at: LonLat; readonly place: string } | null>(null);

export async function loadPlumes(): Promise<void> {
  const answer = await askJson<PlumesView>('/api/plumes');
  plumesRefusal.value = answer.ok ? null : answer.refusal;
  if (answer.ok) plumes.value = answer.value;
}

export interface SaidSource {
  readonly gas: string;
  /** null: what is assumed for the gas. */
  readonly rateKgS: number | null;
  readonly heightM: number;
  readonly terrain: Terrain;
  readonly isLarge: boolean;
  readonly reason: string;
}

export async function openPlume(
  { at, place }: { readonly at: LonLat; readonly place: string },
  { rateKgS, ...said }: SaidSource,
): Promise<Answer<PlumeView>> {
  const body = { action: newAction(), position: at, place, ...said, ...(rateKgS !== null && { rateKgS }) };
  return settled(await askJson<PlumeView>('/api/plumes', body));
}

export async function changePlume(
  id: string,
  said: { readonly rateKgS: number; readonly reason: string },
): Promise<Answer<PlumeView>> {
  return settled(await askJson<PlumeView>(`/api/plumes/${id}/change`, { action: newAction(), ...said }));
}

export async function endPlume(id: string, reason: string): Promise<Answer<PlumesView>> {
  return settled(await askJson<PlumesView>(`/api/plumes/${id}/end`, { action: newAction(), reason }));
}

async function settled<T>(answer: Answer<T>): Promise<Answer<T>> {
  await loadPlumes();
  return answer;
}

/** @param at epoch ms people are counted for; null: now */
export const measureExposure = (
  ring: readonly LonLat[],
  at: number | null = null,
): Promise<Answer<Exposure>> => askJson('/api/exposure', { ring, ...(at !== null && { at }) });

export type ExposureRow = Row<(typeof exposureLayer)['columns']>;

/** Who is in the area of a warning or a plume; null: nobody counted, or it is gone. */
export function exposureOf(layer: string, key: string): ExposureRow | null {
  const table = tableOf(exposureLayer);
  const slot = table?.slotOf(`${layer}/${key}`) ?? -1;
  return table && slot >= 0 ? table.row(slot) : null;
}
