// A thread of history: one instance seals and keeps, another reads for those who ask, so that neither waits for the other.
import { parentPort, workerData } from 'node:worker_threads';
import { featureCollection } from '../../contracts/geojson.ts';
import { stretchPart } from '../../contracts/recording.ts';
import { joinStretch } from '../../contracts/stretch.ts';
import { isWithin } from '../../contracts/records/reach.ts';
import type { Layer } from '../../contracts/layer.ts';
import { loadLayers } from '../kit/load-folder.ts';
import { pack } from '../kit/packed.ts';
import { stepBack } from '../kit/step-back.ts';
import { encoderWithin } from '../kit/encoder-within.ts';
import { extentOf } from './extent.ts';
import { clockDifferences, momentDifferences } from './differences.ts';
import { HistoryFiles, bytesUnder } from './history-files.ts';
import { keepHistory } from './keep.ts';
import { LateHours } from './late-hours.ts';
import { LateReader } from './late-reader.ts';
import { marksOf } from './marks.ts';
import { ObservedReader } from './observed-reader.ts';
import { OpenHours } from './open-hours.ts';
import type { Asked, FrameAnswer, OrderName, Orders, ThreadSetup } from './orders.ts';
import { Recordings } from './recordings.ts';
import { publishedPages } from './published-pages.ts';
import { ReplayDesk } from './replay.ts';
import { SchemaShelf } from '../kit/schema-shelf.ts';
import { tilesetShapes } from '../kit/tileset-shapes.ts';
import { sealAll } from './seal-all.ts';
import { readSeries } from './series-read.ts';
import { StateReader } from './state-reader.ts';
import { trackOf } from './track.ts';
import { makeTrue } from './true-row.ts';

type Handlers = { readonly [K in OrderName]: (ask: Orders[K]['ask']) => Orders[K]['answer'] };

const setup = workerData as ThreadSetup;
if (setup.canWait) stepBack();
const layers = await loadLayers(setup.layersFolder);
const shapeOf = tilesetShapes(setup.tilesets);
const files = new HistoryFiles(setup.root);
const schemas = new SchemaShelf(setup.schemas);
const states = new StateReader(files, schemas);
const recordings = new Recordings(files);
const hours = new LateHours({ folder: setup.journal, schemas, layerOf: (slug) => layers.get(slug) });
const late = new LateReader(files, schemas, hours);
const replays = new ReplayDesk({ recordings, late, schemas, world: setup.world, layerOf });
const observed = new ObservedReader(files, schemas, new OpenHours(setup.journal, schemas));

function replay(ask: Orders['replay']['ask']): Orders['replay']['answer'] {
  const told = replays.stretch(ask);
  const head = { ...told.head, refused: [...ask.refused] };
  return { bytes: pack(joinStretch({ ...told, head }), 'quick') };
}

function record({ begins, ...ask }: Orders['record']['ask']): Orders['record']['answer'] {
  const asked = { ...ask, isFresh: begins === 'anew' };
  const { head, states } = begins === 'key' ? replays.keysOf(asked) : replays.stretch(asked);
  const { from, to, isWhole } = head;
  const packed = pack(joinStretch({ head: { ...head, refused: [] }, states }));
  return { bytes: stretchPart({ from, to, isWhole, states: states.length, packed }), to };
}

function layerOf(slug: string): Layer {
  const layer = layers.get(slug);
  if (!layer) throw new Error(`layer ${slug} is not declared`);
  return layer;
}

const handlers: Handlers = {
  seal: (ask) => sealAll({ ...ask, files, schemas, journal: setup.journal }),
  keep: ({ now, maxBytes }) =>
    keepHistory({
      files,
      schemas,
      now,
      maxBytes,
      retentionOf: (slug) => layers.get(slug)?.retention ?? 'state',
      otherBytes: bytesUnder(setup.journal) + bytesUnder(files.open),
    }),
  frame,
  extent: (ask) => extentOf(states, ask),
  replay,
  record,
  clockDifferences: ({ layers: slugs, ...ask }) =>
    clockDifferences({ states, late }, { ...ask, layers: slugs.map(layerOf) }),
  momentDifferences: ({ layers: slugs, ...ask }) =>
    momentDifferences({ states }, { ...ask, layers: slugs.map(layerOf) }),
  marks: (ask) => marksOf({ recordings, schemas }, ask, layerOf),
  ...publishedPages({ files, states, observed, layerOf, shapeOf }),
  track: (ask) => trackOf(observed, { ...ask, layer: layerOf(ask.layer) }),
  series: (ask) => readSeries(observed, { ...ask, layer: layerOf(ask.layer) }),
};

function frame({ layer, at, label, as, clock, reach }: Orders['frame']['ask']): FrameAnswer | null {
  const state = states.at(layer, at);
  if (!state) return null;
  const { table, tick, knownAt, until, tier } = state;
  if (clock === 'true') {
    late.follow([layerOf(layer)]);
    makeTrue(table, late.of(table.layer, { from: at, to: at }), at);
  }
  const facts = { tick, knownAt, until, tier, rows: table.size };
  if (as === 'geojson') {
    const head = { at, knownAt, until, tick, tier };
    const { features, ...rest } = featureCollection(table, { label, shapeOf });
    const told = reach
      ? features.filter(({ properties }) => isWithin(reach, String(properties['regionCode'])))
      : features;
    return { ...facts, bytes: Buffer.from(JSON.stringify({ ...rest, features: told, ...head })) };
  }
  const encoder = encoderWithin(table, { world: setup.world, label, reach });
  encoder.encode(tick, knownAt);
  return { ...facts, bytes: encoder.key(0, tick, knownAt) };
}

parentPort?.on('message', ({ id, name, ask }: Asked) => {
  try {
    parentPort?.postMessage({ id, answer: handlers[name](ask as never) });
  } catch (error) {
    parentPort?.postMessage({ id, error: error instanceof Error ? error.message : String(error) });
  }
});
