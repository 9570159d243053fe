// GET /api/layers/:slug/stream: the changes of a layer as server-sent events, for those who do not speak frames.
// One text a layer, class and tick, however many listen; nothing is built while nobody does.
import type { Response } from 'express';
import { z } from 'zod';
import { title } from '../../contracts/declare.ts';
import { CodedError } from '../../contracts/errors.ts';
import type { Reach } from '../../contracts/records/reach.ts';
import { reachOf } from '../../contracts/records/reach.ts';
import type { FeatureView, ShapeOf } from '../../contracts/geojson.ts';
import { featureOf } from '../../contracts/geojson.ts';
import type { Caller } from '../access/port.ts';
import type { LiveWorld, TickFollower, WorldLayer } from '../state/port.ts';
import { isIn, labelOf, layerOf } from './layers.ts';
import type { Route } from './route.ts';
import { route } from './route.ts';

const MAX_LISTENERS = 200;
/** A listener with more unsent bytes is cut off; it comes back and gets the state. */
const MAX_UNSENT = 4 * 1024 * 1024;
/** Ticks between two comments that keep proxies from closing a silent stream. */
const KEEP_ALIVE_TICKS = 15;

interface Listener {
  readonly held: WorldLayer;
  readonly view: FeatureView;
  /** null: all rows. */
  readonly reach: Reach | null;
  /** Keys of the rows of its areas that it was told of; of all rows none are kept. */
  readonly told: Set<string>;
  readonly response: Response;
}

export class LayerStreams implements TickFollower {
  readonly routes: readonly Route[];
  readonly #listeners = new Set<Listener>();

  constructor(world: LiveWorld, shapeOf: ShapeOf) {
    this.routes = [
      route({
        method: 'get',
        path: '/api/layers/:slug/stream',
        title: title('图层变化推送', 'Changes of a layer as server-sent events'),
        answers: { type: 'text/event-stream' },
        action: 'read-layer',
        about: (params) => ({ kind: 'layer', id: params.slug ?? '' }),
        query: z.strictObject({}),
        answer: ({ params, subject, caller }, response) => {
          if (this.#listeners.size >= MAX_LISTENERS) throw new CodedError('request/too-many', 'streams');
          const held = layerOf(world, params.slug);
          const view = { label: labelOf(subject, held.layer.slug), shapeOf };
          const reach = reachOf(subject.areas, held.layer);
          const listener = { held, view, reach, told: new Set<string>(), response };
          response.writeHead(200, {
            'Content-Type': 'text/event-stream',
            'Cache-Control': 'no-store',
            'X-Accel-Buffering': 'no',
          });
          response.write(stateEvent(listener, world.tick));
          this.#listen(listener, caller);
        },
      }),
    ];
  }

  #listen(listener: Listener, { session }: Caller): void {
    const { response } = listener;
    const end = (): void => void response.end();
    this.#listeners.add(listener);
    session?.ended.addEventListener('abort', end, { once: true });
    response.on('close', () => {
      this.#listeners.delete(listener);
      session?.ended.removeEventListener('abort', end);
    });
  }

  get listeners(): number {
    return this.#listeners.size;
  }

  tick({ number }: { number: number }): void {
    if (this.#listeners.size === 0) return;
    const texts = new Map<string, string>();
    for (const listener of this.#listeners) {
      const { held, view, reach } = listener;
      if (reach) {
        this.#send(listener, changeEvent(listener, number), number);
        continue;
      }
      const name = `${held.layer.slug}|${view.label}`;
      let text = texts.get(name);
      if (text === undefined) texts.set(name, (text = changeEvent(listener, number)));
      this.#send(listener, text, number);
    }
  }

  close(): void {
    for (const { response } of this.#listeners) response.end();
    this.#listeners.clear();
  }

  #send(listener: Listener, news: string, tick: number): void {
    const text = news === '' && tick % KEEP_ALIVE_TICKS === 0 ? ':\n\n' : news;
    if (text === '') return;
    if (listener.response.writableLength > MAX_UNSENT) {
      this.#listeners.delete(listener);
      listener.response.destroy();
      return;
    }
    listener.response.write(text);
  }
}

function stateEvent({ held, view, reach, told }: Listener, tick: number): string {
  const { table } = held;
  const features: unknown[] = [];
  for (let slot = 0; slot < table.highWater; slot += 1) {
    if (table.alive[slot] !== 1 || !isIn(held, slot, reach)) continue;
    features.push(featureOf(table, slot, view));
    if (reach) told.add(table.keyAt(slot));
  }
  return event('state', tick, { type: 'FeatureCollection', features });
}

/** A row that left the areas of who listens has gone; one of elsewhere never was. */
function changeEvent({ held, view, reach, told }: Listener, tick: number): string {
  const { table } = held;
  if (table.changedCount === 0) return '';
  const changed: unknown[] = [];
  const removed: unknown[] = [];
  for (let at = 0; at < table.changedCount; at += 1) {
    const slot = table.changedSlots[at] as number;
    const key = table.keyAt(slot);
    const isShown = table.alive[slot] === 1 && isIn(held, slot, reach);
    if (isShown) changed.push(featureOf(table, slot, view));
    else if (!reach || told.has(key))
      removed.push({ id: key, reason: table.removeReasonAt(slot) ?? 'moved' });
    if (reach && isShown) told.add(key);
    else if (reach) told.delete(key);
  }
  if (changed.length + removed.length === 0) return '';
  return event('change', tick, { type: 'FeatureCollection', features: changed, removed });
}

function event(name: string, tick: number, body: unknown): string {
  return `event: ${name}\nid: ${tick}\ndata: ${JSON.stringify(body)}\n\n`;
}
