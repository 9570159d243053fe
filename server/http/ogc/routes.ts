// /ogc: OGC API – Features, part 1: core, GeoJSON and OpenAPI 3.0. Every table layer is a collection.
import type { Request } from 'express';
import { z } from 'zod';
import { title } from '../../../contracts/declare.ts';
import type { Title } from '../../../contracts/column.ts';
import { apiDocument } from '../api-document.ts';
import { originOf } from '../address.ts';
import { labelOf } from '../layers.ts';
import type { Route } from '../route.ts';
import { route } from '../route.ts';
import { collectionNamed, collectionOf, collectionsFor } from './collections.ts';
import { itemsQuery } from './item-query.ts';
import type { ItemParts } from './items.ts';
import { sendItem, sendItems } from './items.ts';
import { GEOJSON, OPENAPI, ROOT, SCHEMA, addressOf, collectionPath } from './links.ts';
import { queryablesOf } from './queryables.ts';

export interface OgcParts extends ItemParts {
  readonly city: { readonly title: Title };
  /** The rows are 演示数据. */
  readonly isDemo: boolean;
  readonly build: string;
}

const conformance = ['core', 'geojson', 'oas30'].map(
  (name) => `http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/${name}`,
);

const noQuery = z.strictObject({ f: z.enum(['json']).optional().describe('the only form there is') });
const list = () => ({ kind: 'layer', id: '*' }) as const;
const one = ({ collectionId }: Readonly<Record<string, string>>) =>
  ({ kind: 'layer', id: collectionId ?? '' }) as const;

export function ogcRoutes(parts: OgcParts): Route[] {
  const routes: Route[] = [
    landingRoute(parts),
    conformanceRoute(),
    collectionsRoute(parts),
    collectionRoute(parts),
    queryablesRoute(parts),
    itemsRoute(parts),
    itemRoute(parts),
  ];
  return [...routes, documentRoute(parts, () => routes)];
}

const address = (request: Request) => (path?: string) => addressOf(request, path);

function landingRoute({ city, isDemo }: OgcParts): Route {
  return route({
    method: 'get',
    path: ROOT,
    title: title('OGC 服务入口', 'Landing page'),
    action: 'read-layer',
    about: list,
    query: noQuery,
    answer: ({ request }, response) => {
      const at = address(request);
      const json = 'application/json';
      response.json({
        title: `${city.title.zh} ${city.title.en}`,
        description: '领导驾驶舱的图层 Layers of the leader cockpit',
        ...(isDemo ? { dataClass: 'demo', attribution: '演示数据 demo data' } : {}),
        links: [
          { href: at(), rel: 'self', type: json },
          { href: at('/api'), rel: 'service-desc', type: OPENAPI },
          { href: at('/conformance'), rel: 'conformance', type: json },
          { href: at('/collections'), rel: 'data', type: json },
        ],
      });
    },
  });
}

function conformanceRoute(): Route {
  return route({
    method: 'get',
    path: `${ROOT}/conformance`,
    title: title('符合的标准', 'Conformance classes'),
    action: 'read-layer',
    about: list,
    query: noQuery,
    answer: (_asked, response) => {
      response.json({ conformsTo: conformance });
    },
  });
}

function collectionsRoute(parts: OgcParts): Route {
  return route({
    method: 'get',
    path: `${ROOT}/collections`,
    title: title('全部图层', 'All collections'),
    action: 'read-layer',
    about: list,
    query: noQuery,
    answer: async ({ request, subject }, response) => {
      const held = collectionsFor(parts, subject);
      const since = await parts.history.ask('reach', { layers: held.map(({ layer }) => layer.slug) });
      const to = address(request);
      response.json({
        links: [{ href: to('/collections'), rel: 'self', type: 'application/json' }],
        collections: held.map((layer) =>
          collectionOf(parts, layer, {
            ...{ label: labelOf(subject, layer.layer.slug), address: to },
            knownSince: since[layer.layer.slug] ?? null,
          }),
        ),
      });
    },
  });
}

function collectionRoute(parts: OgcParts): Route {
  return route({
    method: 'get',
    path: `${ROOT}/collections/:collectionId`,
    title: title('一个图层', 'One collection'),
    action: 'read-layer',
    about: one,
    query: noQuery,
    answer: async ({ request, params, subject }, response) => {
      const held = collectionNamed(parts.world, params.collectionId);
      const { slug } = held.layer;
      const since = await parts.history.ask('reach', { layers: [slug] });
      const view = {
        label: labelOf(subject, slug),
        address: address(request),
        knownSince: since[slug] ?? null,
      };
      response.json(collectionOf(parts, held, view));
    },
  });
}

function queryablesRoute({ world }: OgcParts): Route {
  return route({
    method: 'get',
    path: `${ROOT}/collections/:collectionId/queryables`,
    title: title('可筛选的字段', 'Columns items can be chosen by'),
    answers: { type: SCHEMA },
    action: 'read-layer',
    about: one,
    query: noQuery,
    answer: ({ request, params, subject }, response) => {
      const { layer } = collectionNamed(world, params.collectionId);
      const self = addressOf(request, `${collectionPath(layer.slug)}/queryables`);
      response.type(SCHEMA).send(JSON.stringify(queryablesOf(layer, labelOf(subject, layer.slug), self)));
    },
  });
}

function itemsRoute(parts: OgcParts): Route {
  return route({
    method: 'get',
    path: `${ROOT}/collections/:collectionId/items`,
    title: title('图层的要素', 'Items of a collection'),
    answers: { type: GEOJSON },
    action: 'read-layer',
    about: one,
    query: itemsQuery,
    answer: (asked, response) => sendItems(parts, asked, response),
  });
}

function itemRoute(parts: OgcParts): Route {
  return route({
    method: 'get',
    path: `${ROOT}/collections/:collectionId/items/:featureId`,
    title: title('一个要素', 'One item'),
    answers: { type: GEOJSON },
    action: 'read-layer',
    audit: 'view',
    about: one,
    query: noQuery,
    answer: (asked, response) => sendItem(parts, asked, response),
  });
}

function documentRoute({ city, build }: OgcParts, routes: () => readonly Route[]): Route {
  return route({
    method: 'get',
    path: `${ROOT}/api`,
    title: title('接口说明', 'This interface as OpenAPI 3.0'),
    answers: { type: OPENAPI },
    action: 'read-layer',
    about: list,
    query: noQuery,
    answer: ({ request }, response) => {
      const facts = {
        title: `${city.title.zh} ${city.title.en}`,
        build,
        server: `${originOf(request)}${ROOT}`,
      };
      const document = apiDocument(routes(), { ...facts, version: '3.0.3', under: ROOT });
      response.set('Content-Type', OPENAPI).send(Buffer.from(JSON.stringify(document)));
    },
  });
}
