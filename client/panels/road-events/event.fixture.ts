import { roadEvent } from '../../../contracts/layers/road-event.ts';
import { LayerTable } from '../../../contracts/table.ts';
import type { RoadEventTable } from './events.ts';

type Values = Parameters<RoadEventTable['put']>[0]['values'];

export function eventsOf(
  list: readonly (Partial<Values> & { readonly ageS: number })[],
  now: number,
): RoadEventTable {
  const table = new LayerTable(roadEvent);
  const none = Object.fromEntries(Object.keys(roadEvent.columns).map((name) => [name, null])) as Values;
  for (const [i, { ageS, ...values }] of list.entries()) {
    table.put({
      key: `e${i}`,
      validAt: now - ageS * 1000,
      regionCode: '',
      quality: 'good',
      source: 'road-event',
      synthetic: true,
      values: { ...none, status: 'active', ...values },
    });
  }
  return table;
}
