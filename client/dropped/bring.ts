// The page's side of reading: hands files to the worker, which is started with the first of them, and lays what came of
// them into the store.
import { watch } from 'vue';
import { broughtFiles } from '../stores/dropping.ts';
import {
  addTemporary,
  changeTemporary,
  fitTemporary,
  readingLayers,
  refusedLayers,
  shiftWish,
  temporaryLayer,
  type ReadLayer,
  type RefusedLayer,
} from '../stores/temporary.ts';
import DroppedWorker from './dropped.worker.ts?worker';
import type { FromDropped, ToDropped } from './dropped.worker.ts';
import { isModel, readModel } from './gltf.ts';
import { MOST_BYTES, tooLarge } from './limits.ts';
import { Refusal } from './refusal.ts';

/** Files a model may need beside it. */
const MODEL_PARTS = /\.(bin|png|jpe?g|webp|ktx2)$/i;

let worker: Worker | null = null;
let serial = 0;
const waiting = new Map<number, (answer: FromDropped) => void>();

/** Starts taking files; returns what stops it. */
export function startBringing(): () => void {
  const stops = [
    watch(broughtFiles, (files) => void bring(files), { immediate: true }),
    watch(shiftWish, (id) => id && void shift(id.id)),
  ];
  return () => {
    for (const stop of stops) stop();
    worker?.terminate();
    worker = null;
  };
}

type Question = ToDropped extends infer One ? (One extends ToDropped ? Omit<One, 'serial'> : never) : never;

function ask(message: Question): Promise<FromDropped> {
  if (!worker) {
    worker = new DroppedWorker({ name: 'dropped' });
    worker.onmessage = ({ data }: MessageEvent<FromDropped>) => {
      waiting.get(data.serial)?.(data);
      waiting.delete(data.serial);
    };
  }
  serial += 1;
  const mine = serial;
  worker.postMessage({ ...message, serial: mine });
  return new Promise((resolve) => waiting.set(mine, resolve));
}

async function bring(files: readonly File[]): Promise<void> {
  if (files.length === 0) return;
  const names = files.map(({ name }) => name);
  readingLayers.value = [...readingLayers.value, ...names];
  const { layers, refused } = await read(files);
  const added = layers.map(addTemporary);
  refusedLayers.value = [...refusedLayers.value, ...refused];
  readingLayers.value = readingLayers.value.filter((name) => !names.includes(name));
  const last = added.at(-1);
  if (last) fitTemporary(last.id);
}

async function read(files: readonly File[]): Promise<{ layers: ReadLayer[]; refused: RefusedLayer[] }> {
  const models = files.filter(isModel);
  const rest = files.filter((file) => !isModel(file) && !(models.length > 0 && MODEL_PARTS.test(file.name)));
  const layers: ReadLayer[] = [];
  const refused: RefusedLayer[] = [];
  for (const model of models) {
    try {
      layers.push(await readModel(model, files));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refused.push({ name: model.name, reason: error.reason });
    }
  }
  const size = rest.reduce((sum, file) => sum + file.size, 0);
  if (size > MOST_BYTES) {
    const { reason } = tooLarge(size);
    return { layers, refused: [...refused, ...rest.map(({ name }) => ({ name, reason }))] };
  }
  if (rest.length > 0) {
    const bytes = await Promise.all(rest.map(async (file) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) }))); // prettier-ignore
    const answer = await ask({ type: 'read', files: bytes });
    layers.push(...answer.layers);
    refused.push(...answer.refused);
  }
  return { layers, refused };
}

async function shift(id: string): Promise<void> {
  const before = temporaryLayer(id);
  if (!before) return;
  const { name, format, features, bounds, notes, modelUrl, isShifted } = before;
  const { layers } = await ask({ type: 'shift', layer: { name, format, features, bounds, notes, modelUrl, isShifted } }); // prettier-ignore
  const [moved] = layers;
  if (moved) changeTemporary(id, { features: moved.features, isShifted: moved.isShifted });
}
