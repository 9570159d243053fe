// Layers as collections: what each one is, where it lies, since when it is known.
import { visibleColumns } from '../../../contracts/codec/layout.ts';
import type { Column, Label } from '../../../contracts/column.ts';
import { CodedError } from '../../../contracts/errors.ts';
import { rowFeature, rowOf } from '../../../contracts/geojson.ts';
import type { ShapeOf } from '../../../contracts/geojson.ts';
import type { Layer } from '../../../contracts/layer.ts';
import { units } from '../../../contracts/units.ts';
import type { Allow, Subject } from '../../access/port.ts';
import type { Box } from '../../kit/publish/box.ts';
import { boxAround } from '../../kit/publish/box.ts';
import { isShape, isoOf } from '../../kit/publish/published-row.ts';
import type { LiveWorld, WorldLayer } from '../../state/port.ts';
import { knownLayer, labelOf } from '../layers.ts';
import type { Link } from './links.ts';
import { CRS84, GEOJSON, SCHEMA, collectionPath } from './links.ts';

export interface CollectionParts {
  readonly world: LiveWorld;
  readonly allow: Allow;
  readonly shapeOf: ShapeOf;
  /** Of the city: rows lie in it or near it. */
  readonly bounds: Box;
}

/** Grids are no features. */
const isCollection = ({ layer }: WorldLayer): boolean => layer.kind === 'table';

/** The layers this subject may read. */
export function collectionsFor({ world, allow }: CollectionParts, subject: Subject): WorldLayer[] {
  return [...world.layers.values()].filter((held) => {
    const { slug } = held.layer;
    const label = labelOf(subject, slug);
    return isCollection(held) && allow(subject, 'read-layer', { kind: 'layer', id: slug, label });
  });
}

/** @throws CodedError request/not-found with the name that was probably meant, or that it is a grid */
export function collectionNamed(world: LiveWorld, slug: string | undefined): WorldLayer {
  const held = knownLayer(world, slug);
  if (isCollection(held)) return held;
  throw new CodedError('request/not-found', `collection ${slug}: a grid, which has no features`);
}

export interface CollectionView {
  readonly label: Label;
  readonly address: (path?: string) => string;
  /** Epoch ms; null: nothing is kept yet. */
  readonly knownSince: number | null;
}

export function collectionOf(
  { shapeOf, bounds }: CollectionParts,
  { layer, table }: WorldLayer,
  { label, address, knownSince }: CollectionView,
): unknown {
  const path = collectionPath(layer.slug);
  const shapes = visibleColumns(layer.columns, label).filter((name) => isShape(columnOf(layer, name)));
  let box: Box = bounds;
  for (let slot = 0; slot < table.highWater; slot += 1) {
    if (table.alive[slot] !== 1 || shapes.length === 0) continue;
    const { geometry } = rowFeature(rowOf(table, slot), { label, shapeOf, columns: shapes });
    const around = geometry && boxAround(geometry);
    if (around) box = joined(box, around);
  }
  const links: Link[] = [
    { href: address(path), rel: 'self', type: 'application/json', title: layer.title.zh },
    { href: address(`${path}/items`), rel: 'items', type: GEOJSON, title: layer.title.zh },
    { href: address(`${path}/queryables`), rel: 'queryables', type: SCHEMA },
    {
      href: address(`${path}/queryables`),
      rel: 'http://www.opengis.net/def/rel/ogc/1.0/queryables',
      type: SCHEMA,
    },
  ];
  return {
    id: layer.slug,
    title: `${layer.title.zh} ${layer.title.en}`,
    description: describe(layer, label),
    itemType: 'feature',
    crs: [CRS84],
    extent: {
      ...(shapes.length === 0 ? {} : { spatial: { bbox: [box], crs: CRS84 } }),
      temporal: {
        interval: [[isoOf(knownSince), null]],
        trs: 'http://www.opengis.net/def/uom/ISO-8601/0/Gregorian',
      },
    },
    links,
  };
}

const columnOf = (layer: Layer, name: string): Column => layer.columns[name] as Column;

function joined(a: Box, b: Box): Box {
  return [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])];
}

/** What a reader must know to use it: how often it speaks, and every column with its unit. */
function describe(layer: Layer, label: Label): string {
  const period = layer.periodS === null ? '事件触发 event-driven' : `${layer.periodS} s`;
  const columns = visibleColumns(layer.columns, label).map((name) => {
    const column = columnOf(layer, name);
    const unit = 'unit' in column ? (units[column.unit as keyof typeof units]?.en ?? column.unit) : '';
    return `${name} ${column.title.zh} ${column.title.en}${unit === '' ? '' : ` [${unit}]`}`;
  });
  return `${layer.title.zh} ${layer.title.en} (${layer.time}, ${period}): ${columns.join('; ')}`;
}
