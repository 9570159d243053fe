// Finds units, places and clauses for the form of an order, with the index of the search box: started with the first question,
// ended with the panel.
import { onUnmounted } from 'vue';
import type { LonLat, Title } from '../../../contracts/column.ts';
import { title } from '../../../contracts/declare.ts';
import type { UnitRef } from '../../../contracts/records/incident.ts';
import { lengthM } from '../../geodesy.ts';
import { placeKind } from '../../i18n/place-kinds.ts';
import { NameFinder } from '../../search/name-finder.ts';
import type { Named } from '../../search/named.ts';
import { namedOfPlace } from '../../search/place-names.ts';
import { city } from '../../stores/ground.ts';
import { units } from '../../stores/incidents.ts';
import { unitsOfTemplate } from '../../stores/order-templates.ts';
import { loadPlaces, places, type NamedPlace } from '../../stores/places.ts';
import { clausesFor } from '../../stores/plan-clauses.ts';
import { say } from '../../stores/session.ts';
import type { PickChoice } from '../../ui/pick-choice.ts';
import type { OrderFinds, OrderIncident, PlaceChoice } from './does.ts';

/** A point farther from every place is called after none, metres. */
const NEAR_M = 5000;
/** As many as a list shows at once. */
const MOST = 8;
const whose: Readonly<Record<string, Title>> = {
  owner: title('事件承办', 'handles the incident'),
  county: title('事发县区', 'county of the incident'),
  town: title('事发乡镇', 'town of the incident'),
};

/** A department of the city is asked for by its trade: 市消防救援支队 answers to xf from its first letter on. */
const namedOfUnit = ({ id, name }: UnitRef): Named => ({
  ...{ id: `unit:${id}`, group: 'unit', latin: [name.en], weight: id.startsWith('town:') ? 0.3 : 0.7 },
  names: [name.zh, ...(name.zh.startsWith('市') ? [name.zh.slice(1)] : [])],
});
const countyOf = ({ id }: UnitRef): Title | null =>
  id.startsWith('town:') ? (city.value?.regionNames.get(id.slice(5, 11)) ?? null) : null;
const unitChoice = (unit: UnitRef, note: Title | null = countyOf(unit)): PickChoice => ({
  ...{ id: unit.id, title: unit.name, note },
});

/** Whom the incident points to: who handles it, its county, its town. */
function likely(incident: OrderIncident | null): PickChoice[] {
  if (!incident) return units.value.slice(0, MOST).map((unit) => unitChoice(unit));
  return Object.entries(whose).flatMap(([who, note]) =>
    unitsOfTemplate({ to: [who] }, incident).flatMap((id) => {
      const unit = units.value.find((one) => one.id === id);
      return unit ? [unitChoice(unit, note)] : [];
    }),
  );
}

const placeNote = (place: NamedPlace): Title | null => {
  const [kind, county] = [placeKind(place.kind), city.value?.regionNames.get(place.countyCode)];
  if (!kind || !county) return kind ?? county ?? null;
  return title(`${county.zh} · ${kind.zh}`, `${county.en} · ${kind.en}`);
};

function nearName(at: LonLat): string {
  const all = places.value.map((place) => ({ place, metres: lengthM([at, place.at]) }));
  const [nearest] = all.filter(({ metres }) => metres <= NEAR_M).sort((a, b) => a.metres - b.metres);
  return nearest ? say(title(`${nearest.place.name.zh}附近`, `near ${nearest.place.name.en}`)) : '';
}

export function useOrderFinds(): OrderFinds {
  const finder = new NameFinder();
  onUnmounted(() => finder.close());
  const placesFound = async (text: string): Promise<readonly PlaceChoice[]> => {
    await loadPlaces();
    const byId = new Map(places.value.map((place) => [namedOfPlace(place).id, place]));
    const found = await finder.find(text, places.value.map(namedOfPlace));
    return found
      .flatMap(({ id }): PlaceChoice[] => {
        const place = byId.get(id);
        return place ? [{ id, title: place.name, note: placeNote(place), at: place.at }] : [];
      })
      .slice(0, MOST);
  };
  return {
    unit: async (text, incident) => {
      if (text === '') return likely(incident);
      const found = await finder.find(text, units.value.map(namedOfUnit));
      return found.flatMap(({ id }) => {
        const unit = units.value.find((one) => `unit:${one.id}` === id);
        return unit ? [unitChoice(unit)] : [];
      });
    },
    place: placesFound,
    near: nearName,
    clauses: clausesFor,
  };
}
