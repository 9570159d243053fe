// The schema of scenario.yaml for editors: completion and red underlines while a scenario is written.
import { z } from 'zod';
import { scenarioSchema } from '../../contracts/records/scenario.ts';

/** Where it lies, from the root of the product. */
export const SCHEMA_FILE = 'scenes/scenario.schema.json';

export const scenarioJsonSchema = (): string =>
  `${JSON.stringify({ title: 'Scenario', ...z.toJSONSchema(scenarioSchema, { io: 'input', reused: 'ref' }) }, null, 2)}\n`;
