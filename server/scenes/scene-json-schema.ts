// The schema of scene.yaml for editors: completion and red underlines while a scene is written.
import { z } from 'zod';
import { sceneSchema } from '../../contracts/records/scene.ts';

/** Where it lies, from the root of the product. */
export const SCHEMA_FILE = 'scenes/scene.schema.json';

export const sceneJsonSchema = (): string =>
  `${JSON.stringify({ title: 'Scene', ...z.toJSONSchema(sceneSchema, { io: 'input' }) }, null, 2)}\n`;
