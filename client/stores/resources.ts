// Resources as this page sees them: asked of the server while somebody looks, and anew after each action. What is near a place
// is asked for that place; areas in time become temporary layers.
import { shallowRef } from 'vue';
import type { LonLat, Title } from '../../contracts/column.ts';
import { resource } from '../../contracts/layers/resource.ts';
import type {
  Amounts,
  Booking,
  EnoughAnswer,
  NearestAnswer,
  ResourceItem,
  ResourceKind,
  ResourceView,
} from '../../contracts/records/resource.ts';
import { newAction } from './incidents.ts';
import { askJson, type Answer, type Refusal } from './operations.ts';
import { addTemporary, fitTemporary, removeTemporary, type PlainGeometry } from './temporary.ts';
import { visible } from './view.ts';

/** A place resources are looked for from; null: none, the whole register is listed. */
export interface NearPlace {
  readonly at: LonLat;
  readonly name: string;
  /** Of the incident it was asked for; null: of none. */
  readonly incident: number | null;
}
export const nearPlace = shallowRef<NearPlace | null>(null);
export const resourceKind = shallowRef<ResourceKind | null>(null);
export const resourceItem = shallowRef<ResourceItem | null>(null);

/** null until they were read. */
export const resources = shallowRef<readonly ResourceView[] | null>(null);
export const nearest = shallowRef<NearestAnswer | null>(null);
export const enough = shallowRef<EnoughAnswer | null>(null);
export const resourcesRefusal = shallowRef<Refusal | null>(null);
export const incidentBookings = shallowRef<readonly Booking[]>([]);

/** How many of the nearest are listed. */
const COUNT = 12;
/** Nobody waits longer, minutes by road. */
const WITHIN_MIN = 240;

export function lookNear(place: NearPlace | null): void {
  nearPlace.value = place;
  nearest.value = null;
  enough.value = null;
  if (place) visible.set(resource.slug, true);
  void loadResources();
}

let asked = 0;

export async function loadResources(): Promise<void> {
  const mine = ++asked;
  const place = nearPlace.value;
  const query = new URLSearchParams();
  if (resourceKind.value) query.set('kind', resourceKind.value);
  if (resourceItem.value) query.set('item', resourceItem.value);
  if (place) {
    for (const [name, value] of Object.entries({
      lon: place.at[0],
      lat: place.at[1],
      count: COUNT,
      within: WITHIN_MIN,
    }))
      query.set(name, String(value));
    const answer = await askJson<NearestAnswer>(`/api/resources/nearest?${query.toString()}`);
    if (mine !== asked) return;
    resourcesRefusal.value = answer.ok ? null : answer.refusal;
    if (answer.ok) nearest.value = answer.value;
    return;
  }
  const answer = await askJson<{ resources: readonly ResourceView[] }>(`/api/resources?${query.toString()}`);
  // An answer that was overtaken says what was before.
  if (mine !== asked) return;
  resourcesRefusal.value = answer.ok ? null : answer.refusal;
  if (answer.ok) resources.value = answer.value.resources;
}

export async function askEnough(
  item: ResourceItem,
  amount: number,
  withinMin: number,
): Promise<Answer<EnoughAnswer>> {
  const [lon = 0, lat = 0] = nearPlace.value?.at ?? [];
  const answer = await askJson<EnoughAnswer>(
    `/api/resources/enough?lon=${lon}&lat=${lat}&item=${item}&amount=${amount}&within=${withinMin}`,
  );
  enough.value = answer.ok ? answer.value : null;
  return answer;
}

export interface BookingSaid {
  readonly resource: string;
  readonly items: Amounts;
  readonly incident: number;
  readonly note: string;
  readonly contest: boolean;
}

async function thenRead(answer: Promise<Answer<Booking>>): Promise<Answer<Booking>> {
  const said = await answer;
  await Promise.all([loadResources(), loadBookingsOf(wanted)]);
  return said;
}

export const book = (said: BookingSaid): Promise<Answer<Booking>> =>
  thenRead(askJson('/api/resources/bookings', { action: newAction(), ...said }));

export const release = ({ id, seq }: Booking, reason: string): Promise<Answer<Booking>> =>
  thenRead(askJson(`/api/resources/bookings/${id}/release`, { action: newAction(), seen: seq, reason }));

export const decide = (
  { id, seq, against }: Booking,
  grant: boolean,
  reason: string,
): Promise<Answer<Booking>> =>
  thenRead(
    askJson(`/api/resources/bookings/${id}/decide`, {
      ...{ action: newAction(), seen: seq, grant, reason, instead: grant ? against : [] },
    }),
  );

let wanted: number | null = null;

/** null: no card is open. */
export async function loadBookingsOf(incident: number | null): Promise<void> {
  if (wanted !== incident) incidentBookings.value = [];
  wanted = incident;
  if (incident === null) return;
  const answer = await askJson<{ bookings: readonly Booking[] }>(
    `/api/resources/bookings?incident=${incident}`,
  );
  if (wanted === incident && answer.ok) incidentBookings.value = answer.value.bookings;
}

interface ReachFeature {
  readonly geometry: PlainGeometry;
  readonly properties: { readonly minutes: number; readonly residents: number; readonly towns: number };
}

const reachIds: string[] = [];

/** Draws what can be reached in 15, 30 and 60 minutes as temporary layers, in the place of those drawn before. */
export async function drawReach(
  { at, name }: Pick<NearPlace, 'at' | 'name'>,
  words: { readonly title: (minutes: number) => string; readonly note: Title },
): Promise<Answer<readonly ReachFeature[]>> {
  const answer = await askJson<{ features: readonly ReachFeature[] }>(
    `/api/roads/reach?lon=${at[0]}&lat=${at[1]}&minutes=15,30,60`,
  );
  if (!answer.ok) return answer;
  for (const id of reachIds.splice(0)) removeTemporary(id);
  // The widest lies lowest.
  for (const { geometry, properties } of [...answer.value.features].reverse()) {
    const { minutes, residents, towns } = properties;
    const title = `${words.title(minutes)} ${name}`;
    const layer = addTemporary({
      ...{ name: title, format: 'GeoJSON', bounds: boundsOf(geometry), notes: [words.note] },
      features: [
        { name: title, geometry, properties: { residents: String(residents), towns: String(towns) } },
      ],
      ...{ modelUrl: null, isShifted: false },
    });
    reachIds.push(layer.id);
  }
  const [widest] = reachIds;
  if (widest !== undefined) fitTemporary(widest);
  return { ok: true, value: answer.value.features };
}

function boundsOf(geometry: PlainGeometry): [number, number, number, number] | null {
  const flat = (geometry.coordinates as unknown[]).flat(10) as number[];
  if (flat.length === 0) return null;
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i + 1 < flat.length; i += 2) {
    const [lon, lat] = [flat[i] as number, flat[i + 1] as number];
    [west, east] = [Math.min(west, lon), Math.max(east, lon)];
    [south, north] = [Math.min(south, lat), Math.max(north, lat)];
  }
  return [west, south, east, north];
}
