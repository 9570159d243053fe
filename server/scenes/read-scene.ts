// One scene.yaml: text → scene, or what is wrong with it, where to the column, and what to do.
import type { SceneBody, SceneCamera } from '../../contracts/records/scene.ts';
import { sceneSchema, viewNames } from '../../contracts/records/scene.ts';
import type { FieldPath, WrittenFile } from '../kit/written-file.ts';
import { readWrittenFile } from '../kit/written-file.ts';

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

type Source = WrittenFile<SceneBody>;

/** @param file how the file is named in messages @throws WrittenFileError */
export function readScene(text: string, file: string, words: SceneWords): SceneBody {
  const source = readWrittenFile(text, { file, schema: sceneSchema, schemaFile: 'scenes/scene.schema.json' });
  checkNames(source.value, source, words);
  return resolved(source.value, source, words);
}

function checkNames(scene: SceneBody, source: Source, words: SceneWords): void {
  const known = (name: string, set: ReadonlySet<string>, path: FieldPath): void => {
    if (set.has(name)) return;
    const near = words.nearest(name, [...set]);
    const hint = near === null ? 'correct or remove it' : `did you mean ${near}?`;
    throw source.fault(path, `there is no ${String(path[0])} entry called ${name}: ${hint}`);
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
  readonly path: FieldPath;
  readonly change: Pick<SceneBody, never> & {
    camera?: SceneCamera | undefined;
    layers?: SceneBody['layers'] | undefined;
  };
}

/** The scene itself and everything that changes it. */
function changesOf(scene: SceneBody): Part[] {
  const { crisis } = scene.overrides;
  const named = (at: FieldPath, variants: SceneBody['variants']): Part[] =>
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
  { source, words, path }: { source: Source; words: SceneWords; path: FieldPath },
): SceneCamera {
  const { centre } = camera;
  if (typeof centre !== 'string' || (viewNames as readonly string[]).includes(centre)) return camera;
  if (centre === 'core') {
    return { ...camera, centre: [...words.core.centre], heightM: camera.heightM ?? words.core.heightM };
  }
  const at = words.placeOf(centre);
  if (at) return { ...camera, centre: [...at] };
  const message = `no place of this city has the id ${centre}: take one of gazetteer.csv, or city, core, affected or [lon, lat]`;
  throw source.fault(path, message);
}
