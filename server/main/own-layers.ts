// Which layers are a department's own: those that only feeds of its own systems write. What several departments write into
// one layer is nobody's alone.
import type { City } from '../../cities/load.ts';
import { DEPARTMENT } from '../../contracts/records/reach.ts';
import type { FeedDefinition } from '../kit/feed.ts';

/** Areas of somebody → slugs of layers that are their departments' own. */
export function ownLayersOf(
  { organisation, systems }: Pick<City, 'organisation' | 'systems'>,
  feeds: ReadonlyMap<string, FeedDefinition>,
): (areas: readonly string[]) => ReadonlySet<string> {
  const ownersOf = (system: string): string[] =>
    organisation.departments.filter((one) => one.systems.includes(system)).map(({ id }) => id);
  const ownersOfFeed = (feed: string): Set<string> =>
    new Set(systems.filter(({ connected }) => connected.includes(feed)).flatMap(({ id }) => ownersOf(id)));
  const owners = new Map<string, Set<string>>();
  for (const { slug, writes } of feeds.values()) {
    const of = ownersOfFeed(slug);
    // A feed of no system is somebody's nobody knows of.
    const known = of.size === 0 ? new Set(['']) : of;
    for (const layer of writes)
      owners.set(layer.slug, new Set([...(owners.get(layer.slug) ?? []), ...known]));
  }
  return (areas) =>
    new Set(
      [...owners]
        .filter(([, of]) => of.size === 1 && areas.includes(`${DEPARTMENT}${[...of][0] ?? ''}`))
        .map(([layer]) => layer),
    );
}
