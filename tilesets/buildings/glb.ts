// Writes one tile as binary glTF 2.0: KHR_mesh_quantization, EXT_mesh_features, EXT_structural_metadata; no decoder needed.
import type { Mesh, Place } from './mesh.ts';
import { SCHEMA, type Column } from './property-table.ts';

const SHORT = 5122;
const BYTE = 5120;
const UNSIGNED_BYTE = 5121;
const UNSIGNED_SHORT = 5123;
const UNSIGNED_INT = 5125;
const ARRAY_BUFFER = 34962;
const ELEMENT_ARRAY_BUFFER = 34963;
const FULL = 32767;

interface View {
  byteOffset: number;
  byteLength: number;
  byteStride?: number;
  target?: number;
}

class Body {
  readonly parts: Uint8Array[] = [];
  readonly views: (View & { buffer: 0 })[] = [];
  length = 0;

  /** Number of the new buffer view; every one begins at a multiple of eight. */
  add(bytes: Uint8Array, kind: { byteStride?: number; target?: number } = {}): number {
    const padding = (8 - (bytes.length % 8)) % 8;
    this.parts.push(bytes, new Uint8Array(padding));
    const view = { buffer: 0 as const, byteOffset: this.length, byteLength: bytes.length, ...kind };
    this.length += bytes.length + padding;
    return this.views.push(view) - 1;
  }
}

export function writeGlb(input: {
  mesh: Mesh;
  place: Place;
  columns: Column[];
  count: number;
  copyright: string;
}): Uint8Array {
  const { mesh, place, columns, count } = input;
  const body = new Body();
  const { accessors, centre, scale } = addMesh(body, mesh);
  const properties: Record<string, object> = {};
  for (const { name, values, offsets } of columns) {
    properties[name] = {
      values: body.add(values),
      ...(offsets ? { stringOffsets: body.add(offsets), stringOffsetType: 'UINT32' } : {}),
    };
  }
  const json = {
    asset: { version: '2.0', generator: 'leader-cockpit tilesets', copyright: input.copyright },
    extensionsUsed: ['EXT_mesh_features', 'EXT_structural_metadata', 'KHR_mesh_quantization'],
    extensionsRequired: ['KHR_mesh_quantization'],
    extensions: {
      EXT_structural_metadata: {
        schema: SCHEMA,
        propertyTables: [{ class: 'building', count, properties }],
      },
    },
    scene: 0,
    scenes: [{ nodes: [0] }],
    nodes: [
      { matrix: matrixOf(place), children: [1] },
      { mesh: 0, translation: centre, scale: [scale, scale, scale] },
    ],
    materials: [MATERIAL],
    meshes: [{ primitives: [primitiveOf(count)] }],
    accessors,
    bufferViews: body.views,
    buffers: [{ byteLength: body.length }],
  };
  return assemble(json, body);
}

const MATERIAL = {
  name: 'building',
  pbrMetallicRoughness: { baseColorFactor: [0.8, 0.82, 0.84, 1], metallicFactor: 0, roughnessFactor: 0.9 },
};

function primitiveOf(count: number): object {
  return {
    attributes: { POSITION: 0, NORMAL: 1, _FEATURE_ID_0: 2, _EDGE: 3 },
    indices: 4,
    material: 0,
    extensions: {
      EXT_mesh_features: { featureIds: [{ featureCount: count, attribute: 0, propertyTable: 0 }] },
    },
  };
}

/** East, up, south of the place in earth-centred axes, then turned once more: readers of 3D Tiles take y for up. */
function matrixOf({ axes: [east, north, up], origin }: Place): number[] {
  const yUp = ([x, y, z]: readonly number[]): number[] => [x!, z!, -y!];
  const south = north.map((value) => -value);
  return [...yUp(east), 0, ...yUp(up), 0, ...yUp(south), 0, ...yUp(origin), 1];
}

function addMesh(
  body: Body,
  { positions, normals, edges, features, triangles }: Mesh,
): { accessors: object[]; centre: number[]; scale: number } {
  const count = features.length;
  const [low, high] = [
    [Infinity, Infinity, Infinity],
    [-Infinity, -Infinity, -Infinity],
  ];
  for (let i = 0; i < positions.length; i++) {
    low[i % 3] = Math.min(low[i % 3]!, positions[i]!);
    high[i % 3] = Math.max(high[i % 3]!, positions[i]!);
  }
  const centre = low.map((value, k) => (value + high[k]!) / 2);
  const scale = Math.max(...low.map((value, k) => (high[k]! - value) / 2), 1);
  // Strides of four bytes: three shorts and one unused, three bytes and one unused.
  const position = new Int16Array(count * 4);
  const normal = new Int8Array(count * 4);
  const feature = new Uint16Array(count * 2);
  const [least, most] = [
    [FULL, FULL, FULL],
    [-FULL, -FULL, -FULL],
  ];
  for (let i = 0; i < count; i++) {
    for (let k = 0; k < 3; k++) {
      const value = Math.round(((positions[3 * i + k]! - centre[k]!) / scale) * FULL);
      position[4 * i + k] = value;
      least[k] = Math.min(least[k]!, value);
      most[k] = Math.max(most[k]!, value);
      normal[4 * i + k] = normals[3 * i + k]!;
    }
    feature[2 * i] = features[i]!;
  }
  const narrow = count <= 65535;
  const indices = narrow ? Uint16Array.from(triangles) : triangles;
  const bytes = (array: ArrayBufferView): Uint8Array =>
    new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
  const vertices = (array: ArrayBufferView, byteStride: number): number =>
    body.add(bytes(array), { byteStride, target: ARRAY_BUFFER });
  const accessors = [
    {
      bufferView: vertices(position, 8),
      componentType: SHORT,
      normalized: true,
      count,
      type: 'VEC3',
      min: least,
      max: most,
    },
    { bufferView: vertices(normal, 4), componentType: BYTE, normalized: true, count, type: 'VEC3' },
    { bufferView: vertices(feature, 4), componentType: UNSIGNED_SHORT, count, type: 'SCALAR' },
    { bufferView: vertices(edges, 4), componentType: UNSIGNED_BYTE, normalized: true, count, type: 'VEC4' },
    {
      bufferView: body.add(bytes(indices), { target: ELEMENT_ARRAY_BUFFER }),
      componentType: narrow ? UNSIGNED_SHORT : UNSIGNED_INT,
      count: triangles.length,
      type: 'SCALAR',
    },
  ];
  return { accessors, centre, scale };
}

const MAGIC = 0x46546c67;
const CHUNK_JSON = 0x4e4f534a;
const CHUNK_BINARY = 0x004e4942;

function assemble(json: object, body: Body): Uint8Array {
  const text = Buffer.from(JSON.stringify(json), 'utf8');
  // 3D Tiles asks for chunks of eight bytes: 12 + 8 bytes stand before the first, 8 before the second.
  const padded = Buffer.concat([text, Buffer.alloc((8 - ((text.length + 20) % 8)) % 8, 0x20)]);
  const bytes = new Uint8Array(12 + 8 + padded.length + 8 + body.length);
  const view = new DataView(bytes.buffer);
  [MAGIC, 2, bytes.length, padded.length, CHUNK_JSON].forEach((value, k) =>
    view.setUint32(4 * k, value, true),
  );
  bytes.set(padded, 20);
  let at = 20 + padded.length;
  view.setUint32(at, body.length, true);
  view.setUint32(at + 4, CHUNK_BINARY, true);
  at += 8;
  for (const part of body.parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
