// Items of a collection: the newest state, the state of a past moment, or the observations of an interval, by pages.
import type { Request, Response } from 'express';
import { CodedError } from '../../../contracts/errors.ts';
import type { Feature } from '../../../contracts/geojson.ts';
import { rowOf } from '../../../contracts/geojson.ts';
import type { Layer } from '../../../contracts/layer.ts';
import { reachOf } from '../../../contracts/records/reach.ts';
import type { Subject } from '../../access/port.ts';
import type { History } from '../../history/port.ts';
import type { Clock } from '../../kit/clock.ts';
import { parsePlace, placeText } from '../../kit/publish/place.ts';
import { isoOf, publishedFeature, publishedView } from '../../kit/publish/published-row.ts';
import type { Selection } from '../../kit/publish/selection.ts';
import { wanted } from '../../kit/publish/selection.ts';
import { pageOfState } from '../../kit/publish/state-page.ts';
import type { WorldLayer } from '../../state/port.ts';
import { withQuery } from '../address.ts';
import { labelOf, slotFor } from '../layers.ts';
import type { CollectionParts } from './collections.ts';
import { collectionNamed } from './collections.ts';
import type { ItemsQuery } from './item-query.ts';
import { testsOf } from './item-query.ts';
import type { Link } from './links.ts';
import { CRS84, GEOJSON, addressOf, collectionPath } from './links.ts';

export interface ItemParts extends CollectionParts {
  readonly clock: Clock;
  readonly history: History;
}

interface Page {
  /** Features with commas between them. */
  readonly text: string;
  readonly returned: number;
  /** Of all pages; absent: not counted. */
  readonly matched?: number;
  readonly next: string | null;
  /** Further members of the answer. */
  readonly facts?: Readonly<Record<string, unknown>>;
}

interface Asked {
  readonly request: Request;
  readonly subject: Subject;
  readonly params: Readonly<Record<string, string>>;
}

export async function sendItems(
  parts: ItemParts,
  { request, subject, params, query }: Asked & { readonly query: ItemsQuery },
  response: Response,
): Promise<void> {
  const held = collectionNamed(parts.world, params.collectionId);
  const label = labelOf(subject, held.layer.slug);
  const reach = reachOf(subject.areas, held.layer);
  const selection = { boxes: query.bbox ?? null, where: testsOf(held.layer, query, label), reach };
  if (query.datetime && !parts.allow(subject, 'read-history', { kind: 'world', id: 'history' })) {
    throw new CodedError('request/forbidden', 'datetime: the past');
  }
  const page = await pageOf(parts, held, { subject, query, selection });
  const path = `${collectionPath(held.layer.slug)}/items`;
  const asked = new URL(request.url, 'http://localhost').searchParams;
  const said = Object.fromEntries(asked);
  const self = addressOf(request, path);
  const links: Link[] = [
    { href: withQuery(self, said), rel: 'self', type: GEOJSON },
    ...(page.next === null
      ? []
      : [{ href: withQuery(self, said, { after: page.next }), rel: 'next', type: GEOJSON }]),
    {
      href: addressOf(request, collectionPath(held.layer.slug)),
      rel: 'collection',
      type: 'application/json',
    },
  ];
  const head = {
    type: 'FeatureCollection',
    links,
    timeStamp: isoOf(parts.clock.now()),
    ...(page.matched === undefined ? {} : { numberMatched: page.matched }),
    numberReturned: page.returned,
    ...page.facts,
  };
  sendGeojson(response, `${JSON.stringify(head).slice(0, -1)},"features":[\n${page.text}\n]}`);
}

interface Wanted {
  readonly subject: Subject;
  readonly query: ItemsQuery;
  readonly selection: Selection;
}

function pageOf(parts: ItemParts, held: WorldLayer, asked: Wanted): Page | Promise<Page> {
  const when = asked.query.datetime;
  if (!when) return livePage(parts, held, asked);
  if ('at' in when) return pastPage(parts, held.layer, { ...asked, at: when.at });
  return observedPage(parts, held.layer, { ...asked, from: when.from, to: when.to });
}

function livePage(
  { world, shapeOf }: ItemParts,
  held: WorldLayer,
  { subject, query, selection }: Wanted,
): Page {
  const view = publishedView(held.layer, {
    label: labelOf(subject, held.layer.slug),
    shapeOf,
    withDetail: false,
  });
  const ask = {
    view,
    isWanted: wanted(selection, view),
    after: query.after ?? null,
    limit: query.limit,
  };
  const [box] = query.bbox ?? [];
  // Where places are points, the index knows who may be wanted.
  const hasShapes = Object.values(held.layer.columns).some(({ type }) => type === 'geometry');
  const near = box && query.bbox?.length === 1 && !hasShapes ? world.within(held.layer.slug, box) : null;
  return pageOfState(held.table, ask, near ?? undefined);
}

async function pastPage(
  { history, clock }: ItemParts,
  layer: Layer,
  { subject, query, selection, at }: Wanted & { readonly at: number },
): Promise<Page> {
  if (at > clock.now()) throw new CodedError('request/invalid', `datetime: ${isoOf(at)} is still to come`);
  const page = await history.ask('statePage', {
    layer: layer.slug,
    at,
    label: labelOf(subject, layer.slug),
    selection,
    after: query.after ?? null,
    limit: query.limit,
  });
  // Nothing was known then: that is an answer.
  if (!page) return { text: '', returned: 0, matched: 0, next: null };
  const { bytes, returned, matched, next, knownAt, until, tier } = page;
  const facts = { knownAt: isoOf(knownAt), until: isoOf(until), tier };
  return { text: textIn(bytes), returned, matched, next, facts };
}

async function observedPage(
  { history }: ItemParts,
  layer: Layer,
  { subject, query, selection, from, to }: Wanted & { readonly from: number; readonly to: number },
): Promise<Page> {
  const after = query.after === undefined ? null : parsePlace(query.after);
  if (query.after !== undefined && !after) {
    throw new CodedError('request/invalid', `after: "${query.after.slice(0, 60)}": follow the link "next"`);
  }
  const { bytes, returned, next } = await history.ask('observedPage', {
    ...observations(layer, subject),
    ...{ selection, from, to, keys: null, after, limit: query.limit },
  });
  return { text: textIn(bytes), returned, next: next && placeText(next) };
}

const observations = (layer: Layer, subject: Subject) =>
  ({
    layer: layer.slug,
    label: labelOf(subject, layer.slug),
    as: 'geojson',
    language: 'zh',
    withDetail: false,
  }) as const;

const textIn = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');

/** key@validAt, and ~revision where it was corrected. */
const OBSERVATION = /^(?<key>.+)@(?<at>-?\d{1,15})(?:~\d+)?$/;
/** Of one object and moment: corrections. */
const MOST_TOLD = 1000;

/** One row as it is now, long texts included, or one observation. @throws CodedError request/not-found */
export async function sendItem(
  parts: ItemParts,
  { request, subject, params }: Asked,
  response: Response,
): Promise<void> {
  const { world, shapeOf } = parts;
  const held = collectionNamed(world, params.collectionId);
  const { layer, table } = held;
  const id = params.featureId ?? '';
  const slot = slotFor(held, id, subject);
  const view = publishedView(layer, { label: labelOf(subject, layer.slug), shapeOf, withDetail: true });
  const feature =
    slot >= 0 ? publishedFeature(rowOf(table, slot), view) : await observed(parts, layer, { id, subject });
  if (!feature) throw new CodedError('request/not-found', `item ${id} of collection ${layer.slug}`);
  const path = collectionPath(layer.slug);
  const links: Link[] = [
    { href: addressOf(request, `${path}/items/${encodeURIComponent(id)}`), rel: 'self', type: GEOJSON },
    { href: addressOf(request, path), rel: 'collection', type: 'application/json' },
  ];
  sendGeojson(response, JSON.stringify({ ...feature, links }));
}

async function observed(
  { history, allow }: ItemParts,
  layer: Layer,
  { id, subject }: { readonly id: string; readonly subject: Subject },
): Promise<Feature | null> {
  const { key, at } = OBSERVATION.exec(id)?.groups ?? {};
  if (key === undefined || !allow(subject, 'read-history', { kind: 'world', id: 'history' })) return null;
  const moment = Number(at);
  const { bytes } = await history.ask('observedPage', {
    ...observations(layer, subject),
    ...{
      selection: { boxes: null, where: [], reach: reachOf(subject.areas, layer) },
      from: moment,
      to: moment,
      keys: [key],
    },
    ...{ after: null, limit: MOST_TOLD, withDetail: true },
  });
  const told = JSON.parse(`[${textIn(bytes)}]`) as Feature[];
  return told.findLast((feature) => feature.id === id) ?? null;
}

function sendGeojson(response: Response, text: string): void {
  response.set({ 'Content-Crs': `<${CRS84}>`, 'Cache-Control': 'no-store' });
  response.type(GEOJSON).send(text);
}
