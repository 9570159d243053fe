// One scene.yaml: text → scene, or what is wrong with it, where to the column, and what to do.
import { LineCounter, parseDocument } from 'yaml';
import type { Document, Node } from 'yaml';
import type { SceneBody, SceneCamera } from '../../contracts/records/scene.ts';
import { sceneSchema, viewNames } from '../../contracts/records/scene.ts';

/** What the names in a scene may refer to. */
export interface SceneWords {
  readonly layers: ReadonlySet<string>;
  readonly indicators: ReadonlySet<string>;
  /** Degrees of a place of the gazetteer; null: no such id. */
  readonly placeOf: (id: string) => readonly [lon: number, lat: number] | null;
  readonly core: { readonly centre: readonly [lon: number, lat: number]; readonly heightM: number };
  /** The known word nearest to a wrong one. */
  readonly nearest: (word: string, known: readonly string[]) => string | null;
}

/** The file cannot be used as it stands. The message names place, value and remedy. */
export class SceneError extends Error {
  readonly where: string;
  constructor(where: string, message: string) {
    super(message);
    this.name = 'SceneError';
    this.where = where;
  }
}

interface Source {
  readonly file: string;
  readonly document: Document;
  readonly lines: LineCounter;
}

/** @param file how the file is named in messages @throws SceneError */
export function readScene(text: string, file: string, words: SceneWords): SceneBody {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const source = { file, document, lines };
  const [error] = document.errors;
  if (error) {
    const { line, col } = lines.linePos(error.pos[0]);
    throw new SceneError(`${file}:${line}:${col}`, `${error.message}: correct the YAML`);
  }
  const parsed = sceneSchema.safeParse(document.toJS());
  if (!parsed.success) {
    const issue = deepest(parsed.error.issues[0]);
    throw fault(source, issue.path, `${fieldOf(issue.path)}${issue.message}: see scenes/scene.schema.json`);
  }
  checkNames(parsed.data, source, words);
  return resolved(parsed.data, source, words);
}

type Path = readonly PropertyKey[];
interface Issue {
  readonly path: Path;
  readonly message: string;
}

interface RawIssue extends Issue {
  readonly code?: string;
  readonly errors?: readonly (readonly RawIssue[])[];
  readonly keys?: readonly string[];
}

/** The complaint of a union is in its branches: the one that got furthest says it best. */
function deepest(issue: RawIssue | undefined): Issue {
  if (!issue) return { path: [], message: 'is not a scene' };
  const key = issue.keys?.[0];
  if (issue.code === 'unrecognized_keys' && key !== undefined) {
    return { path: [...issue.path, key], message: 'there is no such field' };
  }
  const branches = (issue.errors ?? []).flatMap(([first]) => (first ? [deepest(first)] : []));
  const best = branches.sort((a, b) => b.path.length - a.path.length)[0];
  return best ? { path: [...issue.path, ...best.path], message: best.message } : issue;
}

const fieldOf = (path: Path): string => (path.length === 0 ? '' : `${path.map(String).join('.')}: `);

/** An error at the node of a path, or at the nearest node above it that is written. */
function fault({ file, document, lines }: Source, path: Path, message: string): SceneError {
  for (let depth = path.length; depth >= 0; depth--) {
    const range = nodeAt(document, path.slice(0, depth))?.range;
    if (!range) continue;
    const { line, col } = lines.linePos(range[0]);
    return new SceneError(`${file}:${line}:${col}`, message);
  }
  return new SceneError(`${file}:1:1`, message);
}

function nodeAt(document: Document, path: Path): Node | null {
  const node: unknown = path.length === 0 ? document.contents : document.getIn(path as unknown[], true);
  return typeof node === 'object' && node !== null && 'range' in node ? (node as Node) : null;
}

function checkNames(scene: SceneBody, source: Source, words: SceneWords): void {
  const known = (name: string, set: ReadonlySet<string>, path: Path): void => {
    if (set.has(name)) return;
    const near = words.nearest(name, [...set]);
    const hint = near === null ? 'correct or remove it' : `did you mean ${near}?`;
    throw fault(source, path, `${fieldOf(path)}there is no ${String(path[0])} entry called ${name}: ${hint}`);
  };
  const { indicators } = scene.answer;
  if (indicators !== 'all') {
    for (const [i, name] of indicators.entries()) known(name, words.indicators, ['answer', 'indicators', i]);
  }
  for (const { path, change } of changesOf(scene)) {
    for (const [i, { layer }] of (change.layers ?? []).entries())
      known(layer, words.layers, [...path, 'layers', i]);
  }
}

interface Part {
  readonly path: Path;
  readonly change: Pick<SceneBody, never> & {
    camera?: SceneCamera | undefined;
    layers?: SceneBody['layers'] | undefined;
  };
}

/** The scene itself and everything that changes it. */
function changesOf(scene: SceneBody): Part[] {
  const { crisis } = scene.overrides;
  const named = (at: Path, variants: SceneBody['variants']): Part[] =>
    Object.entries(variants).map(([name, change]) => ({ path: [...at, 'variants', name], change }));
  return [
    { path: [], change: scene },
    ...named([], scene.variants),
    ...(crisis ? [{ path: ['overrides', 'crisis'], change: crisis }] : []),
    ...(crisis ? named(['overrides', 'crisis'], crisis.variants) : []),
  ];
}

/** Names of places become degrees; those that only a screen can work out stay. */
function resolved(scene: SceneBody, source: Source, words: SceneWords): SceneBody {
  for (const { path, change } of changesOf(scene)) {
    if (change.camera)
      change.camera = cameraAt(change.camera, { source, words, path: [...path, 'camera', 'centre'] });
  }
  return scene;
}

function cameraAt(
  camera: SceneCamera,
  { source, words, path }: { source: Source; words: SceneWords; path: Path },
): SceneCamera {
  const { centre } = camera;
  if (typeof centre !== 'string' || (viewNames as readonly string[]).includes(centre)) return camera;
  if (centre === 'core') {
    return { ...camera, centre: [...words.core.centre], heightM: camera.heightM ?? words.core.heightM };
  }
  const at = words.placeOf(centre);
  if (at) return { ...camera, centre: [...at] };
  const message = `no place of this city has the id ${centre}: take one of gazetteer.csv, or city, core, affected or [lon, lat]`;
  throw fault(source, path, fieldOf(path) + message);
}
