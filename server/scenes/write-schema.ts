// `node server/scenes/write-schema.ts`: writes scenes/scene.schema.json.
import { writeFileSync } from 'node:fs';
import { sceneJsonSchema, SCHEMA_FILE } from './scene-json-schema.ts';

writeFileSync(new URL(`../../${SCHEMA_FILE}`, import.meta.url), sceneJsonSchema());
process.stdout.write(`${SCHEMA_FILE}\n`);
