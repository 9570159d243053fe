// Pages of the past for other systems: states as they were known, observations as they came.
import type { ShapeOf } from '../../contracts/geojson.ts';
import type { Layer } from '../../contracts/layer.ts';
import { csvForm } from '../kit/publish/csv.ts';
import type { Known, PublishedView } from '../kit/publish/published-row.ts';
import { publishedFeature, publishedView } from '../kit/publish/published-row.ts';
import { wanted } from '../kit/publish/selection.ts';
import { pageOfState } from '../kit/publish/state-page.ts';
import type { HistoryFiles } from './history-files.ts';
import type { ObservedRow } from './observed-pages.ts';
import { ObservedPages } from './observed-pages.ts';
import type { ObservedReader } from './observed-reader.ts';
import type { Orders } from './orders.ts';
import type { StateReader } from './state-reader.ts';
import { windowsIn } from './window-file.ts';

interface Parts {
  readonly files: HistoryFiles;
  readonly states: StateReader;
  readonly observed: ObservedReader;
  readonly layerOf: (slug: string) => Layer;
  readonly shapeOf: ShapeOf;
}

type Handlers = {
  readonly [K in 'statePage' | 'observedPage' | 'observedCount' | 'reach']: (
    ask: Orders[K]['ask'],
  ) => Orders[K]['answer'];
};

export function publishedPages({ files, states, observed, layerOf, shapeOf }: Parts): Handlers {
  const pages = new ObservedPages(observed);
  return {
    statePage({ layer, at, label, selection, after, limit }) {
      const state = states.at(layer, at);
      if (!state) return null;
      const { table, knownAt, until, tier } = state;
      const view = publishedView(table.layer, { label, shapeOf, withDetail: false });
      const { text, ...page } = pageOfState(table, { view, isWanted: wanted(selection, view), after, limit });
      return { bytes: Buffer.from(text), ...page, knownAt, until, tier };
    },
    observedPage(ask) {
      const { label, withDetail, selection } = ask;
      const layer = layerOf(ask.layer);
      const view = publishedView(layer, { label, shapeOf, withDetail });
      const isWanted = wanted(selection, view);
      const { rows, next } = pages.page({ ...ask, layer, isWanted });
      const bytes = Buffer.from(textOf(rows, view, ask));
      return { bytes, returned: rows.length, next };
    },
    observedCount: ({ layer, from, to }) => pages.count(layerOf(layer), from, to),
    reach: ({ layers }) => Object.fromEntries(layers.map((layer) => [layer, firstMoment(files, layer)])),
  };
}

function textOf(
  rows: readonly ObservedRow[],
  view: PublishedView,
  { as, language }: Pick<Orders['observedPage']['ask'], 'as' | 'language'>,
): string {
  const features = rows.map((row) => publishedFeature(row, view, knownOf(row)));
  if (as === 'geojson') return features.map((feature) => JSON.stringify(feature)).join(',\n');
  const [row] = rows;
  return row ? features.map(csvForm(row.layer, view, language).line).join('') : '';
}

/** An observation is named by its object and its moment, a corrected one by its revision as well. */
function knownOf({ key, validAt, revision, knownAt }: ObservedRow): Known {
  const id = `${key}@${validAt}${revision === 0 ? '' : `~${revision}`}`;
  return { id, knownAt, revision };
}

function firstMoment(files: HistoryFiles, layer: string): number | null {
  const days = [files.of('observed', layer), files.of('state', layer)].flatMap(([first]) => first?.day ?? []);
  const windows = windowsIn(files.open).map(({ from }) => from);
  const first = Math.min(...days, ...windows);
  return Number.isFinite(first) ? first : null;
}
