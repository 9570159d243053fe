// Slope monitors around the hazard-prone towns and fire panels in parks, schools, hospitals and towns.
import type { Point } from '../geometry.ts';
import { apportion, createRandom, pick, type Random } from './random.ts';
import { createScatter } from './scatter.ts';
import type { Row } from './csv.ts';
import { pointOf, type Source } from './source.ts';

const PRONE_SHARE = 0.71; // share of a county's hazard points in its prone towns, as published for 利州
const TYPES = [
  { type: 'landslide', zh: '滑坡', share: 0.62 },
  { type: 'debris-flow', zh: '泥石流', share: 0.2 },
  { type: 'rockfall', zh: '崩塌', share: 0.15 },
  { type: 'collapse', zh: '地面塌陷', share: 0.03 },
] as const;
const INSTRUMENTS = ['crack', 'crack', 'tilt', 'tilt', 'displacement'] as const;
const GNSS_EVERY = 23; // one monitor in 23 carries a GNSS receiver: about 60 of 1,400

function typeOf(random: Random): (typeof TYPES)[number] {
  let left = random();
  for (const entry of TYPES) {
    if (left < entry.share) return entry;
    left -= entry.share;
  }
  return TYPES[0];
}

function slopeTowns(source: Source, county: string): { town: Row; points: number }[] {
  const plan = source.plan.slopes[county];
  if (!plan) return [];
  const rural = source.towns.filter((town) => town['county_code'] === county && town['kind'] !== 'street');
  const prone = rural.filter((town) => plan.towns.includes(town['name'] ?? ''));
  const others = rural.filter((town) => !prone.includes(town) && town['kind'] !== 'area');
  const inProne = others.length === 0 ? plan.points : Math.round(plan.points * PRONE_SHARE);
  const counts = [
    ...apportion(
      inProne,
      prone.map(() => 1),
    ),
    ...apportion(
      plan.points - inProne,
      others.map(() => 1),
    ),
  ];
  return [...prone, ...others].map((town, i) => ({ town, points: counts[i] ?? 0 }));
}

export function buildSlopeMonitors(source: Source) {
  const random = createRandom(`${source.plan.seed}/slope-monitors`);
  const scatter = createScatter(source);
  return source.counties.flatMap(({ code }) => {
    const plan = source.plan.slopes[code];
    if (!plan) return [];
    const sites = slopeTowns(source, code).flatMap(({ town, points }) =>
      Array.from({ length: points }, (_, n) => ({ town, n: n + 1, weight: 0.3 + random() })),
    );
    const people = apportion(
      plan.people,
      sites.map(({ weight }) => weight),
    );
    return sites.map(({ town, n }, i) => {
      const { type, zh } = typeOf(random);
      const [lon, lat] = scatter(random, pointOf(town), [500, 5_500]);
      const prone = plan.towns.includes(town['name'] ?? '');
      return {
        id: `slope-${code}-${String(i + 1).padStart(3, '0')}`,
        name: `${town['name']}${zh}隐患点${String(n).padStart(2, '0')}`,
        type,
        townCode: town['code'] ?? '',
        lon,
        lat,
        people: people[i] ?? 0,
        susceptibility: prone ? pick(random, [3, 3, 4]) : pick(random, [1, 2, 2]),
        instrument: i % GNSS_EVERY === 0 ? 'gnss' : pick(random, INSTRUMENTS),
        countyCode: code,
      };
    });
  });
}

type PanelSite = { site: string; siteKind: string; zh: string; en: string; at: Point; weight: number };

const SITE_WEIGHTS: Record<string, number> = {
  'industrial-park': 8,
  hospital: 4,
  school: 3,
  'scenic-area': 1,
  'rail-station': 1,
  'bus-terminal': 1,
};

function panelSites(source: Source): PanelSite[] {
  const places = source.features('places.geojson').flatMap((place): PanelSite[] => {
    const siteKind = String(place.properties['kind']);
    const weight = SITE_WEIGHTS[siteKind];
    if (!weight) return [];
    const { zh, en = zh } = place.properties.name;
    return [{ site: place.properties.id, siteKind, zh, en, at: place.geometry.coordinates as Point, weight }];
  });
  const towns = source.towns
    .filter((town) => town['kind'] !== 'area')
    .map((town): PanelSite => {
      const [site, zh, en] = [town['code'] ?? '', town['name'] ?? '', town['en'] ?? ''];
      return {
        site,
        siteKind: 'town',
        zh,
        en,
        at: pointOf(town),
        weight: town['kind'] === 'street' ? 4 : 0.5,
      };
    });
  return [...places, ...towns];
}

export function buildFirePanels(source: Source) {
  const random = createRandom(`${source.plan.seed}/fire-panels`);
  const scatter = createScatter(source);
  const sites = panelSites(source);
  const shares = apportion(
    source.plan.counts.firePanels,
    sites.map(({ weight }) => weight),
  );
  const panels = sites.flatMap((site, i) =>
    Array.from({ length: shares[i] ?? 0 }, (_, n) => ({ ...site, n: n + 1 })),
  );
  return panels.map(({ site, siteKind, zh, en, at, n }, i) => {
    const [lon, lat] = scatter(random, at, [20, siteKind === 'industrial-park' ? 900 : 250]);
    const number = String(n).padStart(2, '0');
    return {
      id: `panel-${String(i + 1).padStart(3, '0')}`,
      name: `${zh}消防控制室${number}`,
      en: `${en} fire panel ${number}`,
      site,
      siteKind,
      lon,
      lat,
      countyCode: source.countyOf([lon, lat]),
    };
  });
}
