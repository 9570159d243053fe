// A glTF model as one address of this page: a GLB as it is, a .gltf with the files it names put in their places.
import type { ReadLayer } from '../stores/temporary.ts';
import { Refusal } from './refusal.ts';

const GLB_MAGIC = 0x46546c67;
const GLTF_VERSION = 2;

export const isModel = ({ name }: { readonly name: string }): boolean => /\.(glb|gltf)$/i.test(name);

/** @throws Refusal where it is none, of an old version, or files it needs were not brought along */
export async function readModel(file: File, beside: readonly File[]): Promise<ReadLayer> {
  const url = /\.glb$/i.test(file.name) ? await glbUrl(file) : await gltfUrl(file, beside);
  return {
    ...{ name: file.name, format: 'glTF', features: [], bounds: null, notes: [], isShifted: false },
    modelUrl: url,
  };
}

async function glbUrl(file: File): Promise<string> {
  const head = new DataView(await file.slice(0, 12).arrayBuffer());
  if (head.byteLength < 12 || head.getUint32(0, true) !== GLB_MAGIC)
    throw new Refusal('不是 GLB 模型文件', 'Not a GLB model');
  const [version, length] = [head.getUint32(4, true), head.getUint32(8, true)];
  checkVersion(version);
  if (length > file.size)
    throw new Refusal(
      `模型不完整：应有 ${length} 字节，只有 ${file.size}；请重新复制一份`,
      `The model is cut off: ${length} bytes, ${file.size} are there; copy it again`,
    );
  return URL.createObjectURL(file);
}

function checkVersion(version: number): void {
  if (version === GLTF_VERSION) return;
  throw new Refusal(`glTF 版本 ${version} 不支持，请另存为 2.0`, `glTF version ${version}: save it as 2.0`);
}

interface Part {
  uri?: unknown;
}

async function gltfUrl(file: File, beside: readonly File[]): Promise<string> {
  const body = parse(await file.text());
  checkVersion(Number.parseInt(body.asset?.version ?? '0', 10));
  const missing: string[] = [];
  for (const part of [...(body.buffers ?? []), ...(body.images ?? [])]) {
    if (typeof part.uri !== 'string' || part.uri.startsWith('data:')) continue;
    const name = decodeURIComponent(part.uri).split('/').at(-1) ?? part.uri;
    const found = beside.find((one) => one.name === name);
    if (found) part.uri = URL.createObjectURL(found);
    else missing.push(name);
  }
  if (missing.length > 0)
    throw new Refusal(
      `模型还需要 ${missing.join('、')}：请一起拖入，或存成单个 .glb`,
      `The model needs ${missing.join(', ')} as well: drop them together, or save one .glb`,
    );
  return URL.createObjectURL(new Blob([JSON.stringify(body)], { type: 'model/gltf+json' }));
}

function parse(text: string): { asset?: { version?: string }; buffers?: Part[]; images?: Part[] } {
  try {
    return JSON.parse(text) as ReturnType<typeof parse>;
  } catch {
    throw new Refusal('不是完整的 glTF（JSON 读不懂）', 'Not a whole glTF: its JSON cannot be read');
  }
}
