// Page side: a town loaded whole, then all of it coloured anew; ours by a few numbers, Cesium's by a new style.
import { Cesium3DTileset, Cesium3DTileStyle, type Cesium3DTileset as Tiles } from 'cesium';
import { localMs } from '../../client/clock.ts';
import { attributes } from '../../client/looks/building-look.ts';
import { Buildings } from '../../client/map/buildings/buildings.ts';
import { bareMap, drain, median, type BareMap } from '../page/bare-map.ts';
import { expose } from '../page/expose.ts';

export type Kind = 'own' | 'style';

export interface Measured {
  /** Buildings that are loaded and drawn. */
  readonly loaded: number;
  /** Longest script of a frame, or between two, while the town loads after its first tile was drawn, ms. */
  readonly worstMs: number;
  /** The first frame that draws buildings at all: their shader is made in it, ms. */
  readonly firstMs: number;
  /** Script above that of an ordinary frame until all are coloured anew, ms: the call alone, and with the frame after it. */
  readonly callMs: number;
  readonly recolourMs: number;
  /** The same for leaving out a part of them. */
  readonly filterMs: number;
}

const URL = '/buildings/tileset.json';
/** From here the whole town is in view, metres; it is asked for as fine as it gets. */
const RANGE_M = 9000;
const PATIENCE_MS = 60_000;

interface Contender {
  tileset(): Tiles | null;
  frame(): void;
  recolour(round: number): void;
  filter(round: number): void;
}

function own({ widget, state }: BareMap): Contender {
  state.heightM = 1000;
  // Pixels a tile may be wrong go by the lines of the picture: none to spare makes every building whole.
  state.viewport.height = 1;
  const { scene } = widget;
  const target = scene.primitives;
  const buildings = new Buildings({ scene, target, state, url: URL, onShown: () => undefined });
  return {
    tileset: () => {
      for (let i = 0; i < target.length; i++) {
        const one: unknown = target.get(i);
        if (one instanceof Cesium3DTileset) return one;
      }
      return null;
    },
    frame: () => buildings.frame(),
    recolour: (round) => buildings.colourBy(attributes[round % attributes.length] ?? null),
    filter: (round) => buildings.filter({ floors: [1 + (round % 8), 20] }),
  };
}

async function styled({ widget }: BareMap): Promise<Contender> {
  const tileset = await Cesium3DTileset.fromUrl(URL, {
    dynamicScreenSpaceError: false,
    foveatedScreenSpaceError: false,
    maximumScreenSpaceError: 0.02,
  });
  widget.scene.primitives.add(tileset);
  const names = ['floors', 'heightM', 'residents', 'buildYear'];
  const colourOf = (round: number): string =>
    `mix(color('#315a57'), color('#cfe6e0'), \${${names[round % 4]}} / 400.0)`;
  return {
    tileset: () => tileset,
    frame: () => undefined,
    recolour: (round) => (tileset.style = new Cesium3DTileStyle({ color: colourOf(round) })),
    filter: (round) =>
      (tileset.style = new Cesium3DTileStyle({ show: `\${floors} > ${1 + (round % 8)} && \${floors} < 20` })),
  };
}

const nap = (): Promise<void> => new Promise((next) => setTimeout(next, 0));

/** Draws until everything is there; the longest script of a frame and between two, before and after the first tile. */
async function load(map: BareMap, contender: Contender): Promise<{ firstMs: number; worstMs: number }> {
  const { canvas } = map.widget;
  let [firstMs, worstMs, drawn] = [0, 0, 0];
  const until = localMs() + PATIENCE_MS;
  for (let settled = 0; settled < 5;) {
    if (localMs() > until) throw new Error(`the town did not load in ${PATIENCE_MS / 1000} s`);
    const from = localMs();
    contender.frame();
    map.draw();
    const spent = localMs() - from;
    drain(canvas);
    const resting = localMs();
    await nap();
    const between = localMs() - resting;
    const features = statisticsOf(contender.tileset()).numberOfFeaturesSelected;
    if (drawn === 0) firstMs = Math.max(firstMs, spent, between);
    else worstMs = Math.max(worstMs, spent, between);
    drawn = features;
    settled = contender.tileset()?.tilesLoaded && features > 0 ? settled + 1 : 0;
  }
  return { firstMs, worstMs };
}

/** Cesium keeps count of what it drew; its types do not say so. */
function statisticsOf(tileset: Tiles | null): { numberOfFeaturesSelected: number } {
  const counted = tileset as unknown as { statistics?: { numberOfFeaturesSelected: number } } | null;
  return counted?.statistics ?? { numberOfFeaturesSelected: 0 };
}

async function changesOf(
  map: BareMap,
  contender: Contender,
  change: (round: number) => void,
  rounds: number,
): Promise<{ call: number; whole: number }> {
  const calls: number[] = [];
  const wholes: number[] = [];
  const frame = (round: number | null): { call: number; whole: number } => {
    const from = localMs();
    if (round !== null) change(round);
    const call = localMs() - from;
    contender.frame();
    map.draw();
    const whole = localMs() - from;
    drain(map.widget.canvas);
    return { call, whole };
  };
  for (let round = 0; round < rounds + 2; round++) {
    const plainFirst = round % 2 === 0;
    const before = plainFirst ? frame(null).whole : 0;
    const changed = frame(round);
    const after = plainFirst ? 0 : frame(null).whole;
    await nap();
    // The first two make what is kept from then on.
    if (round < 2) continue;
    calls.push(changed.call);
    wholes.push(changed.whole - (plainFirst ? before : after));
  }
  return { call: median(calls), whole: median(wholes) };
}

async function measure(kind: Kind, rounds: number): Promise<Measured> {
  const map = bareMap();
  map.look(0, RANGE_M);
  for (let i = 0; i < 20; i++) map.draw();
  drain(map.widget.canvas);
  const contender = kind === 'own' ? own(map) : await styled(map);
  const { firstMs, worstMs } = await load(map, contender);
  const loaded = statisticsOf(contender.tileset()).numberOfFeaturesSelected;
  for (let i = 0; i < 20; i++) map.draw();
  drain(map.widget.canvas);
  const recolour = await changesOf(map, contender, contender.recolour, rounds);
  const filter = await changesOf(map, contender, contender.filter, rounds);
  return {
    loaded,
    firstMs,
    worstMs,
    callMs: recolour.call,
    recolourMs: recolour.whole,
    filterMs: filter.whole,
  };
}

expose(measure);
