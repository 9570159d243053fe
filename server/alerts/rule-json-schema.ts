// The schema of the files of alert rules for editors: completion and red underlines while a rule is written.
import { z } from 'zod';
import { alertRulesFileSchema } from '../../contracts/records/alert-rule.ts';

/** Where it lies, from the root of the product. */
export const RULES_SCHEMA_FILE = 'cities/alert-rules.schema.json';

export const rulesJsonSchema = (): string =>
  `${JSON.stringify({ title: 'Alert rules', ...z.toJSONSchema(alertRulesFileSchema, { io: 'input' }) }, null, 2)}\n`;
