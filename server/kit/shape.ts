// A Zod schema compiled once by Ajv: a fast yes or no for hot records, and one sentence for the first fault.
// Keys the schema does not name are let through: real publishers add fields.
import { Ajv } from 'ajv';
import { z } from 'zod';
import type { ErrorCode } from '../../contracts/errors.ts';

export interface Shape<T> {
  is(value: unknown): value is T;
  /** Why the last value was refused: path and rule, for example `/lon must be number`. */
  fault(): string;
  /** The code for it: record/enum for an unknown code, record/range for a bound, otherwise record/shape. */
  code(): ErrorCode;
}

const RANGE_RULES = new Set(['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum']);

const ajv = new Ajv({ allErrors: false, strict: false, validateFormats: false });

/** For plain data: no transforms, no refinements, no defaults. */
export function compileShape<S extends z.ZodType>(schema: S): Shape<z.infer<S>> {
  const check = ajv.compile<z.infer<S>>(z.toJSONSchema(schema, { io: 'input', target: 'draft-7' }));
  return {
    is: (value): value is z.infer<S> => check(value),
    code: () => {
      const rule = check.errors?.[0]?.keyword ?? '';
      if (rule === 'enum' || rule === 'const') return 'record/enum';
      return RANGE_RULES.has(rule) ? 'record/range' : 'record/shape';
    },
    fault: () => {
      const first = check.errors?.[0];
      return first ? `${first.instancePath || '/'} ${first.message ?? 'is refused'}` : 'is refused';
    },
  };
}
