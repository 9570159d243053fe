// The schema of plan files for editors: completion and red underlines while a plan is written.
import { z } from 'zod';
import { planFileSchema } from '../../contracts/records/plan.ts';

/** Where it lies, from the root of the product. */
export const PLAN_SCHEMA_FILE = 'cities/plan.schema.json';

export const planJsonSchema = (): string =>
  `${JSON.stringify({ title: 'Plan', ...z.toJSONSchema(planFileSchema, { io: 'input' }) }, null, 2)}\n`;
