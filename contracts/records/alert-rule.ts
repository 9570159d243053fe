// Rules of alerts as people write them in cities/<id>/alerts/<topic>.yaml: what is looked at, when it deviates, how bad
// that is, and what to do then. docs/alerts.md explains each kind of condition.
import { z } from 'zod';

/** 红橙黄蓝 from the mildest: the index + 1 is the level in tables and code, 0 is none. */
export const alertSeverities = ['blue', 'yellow', 'orange', 'red'] as const;
export type AlertSeverity = (typeof alertSeverities)[number];

const slug = z
  .string()
  .max(60)
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'use kebab-case, for example "river-over-warning"');
const column = z
  .string()
  .max(60)
  .regex(/^[a-z][a-zA-Z0-9]*$/, 'the name of a column, for example levelM');
const words = z.strictObject({ zh: z.string().min(1).max(200), en: z.string().min(1).max(300) });

const UNIT_MS = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
/** Written as 90s, 5m, 2h or 3d; kept as milliseconds. */
const duration = z
  .string()
  .regex(/^\d{1,5}[smhd]$/, 'a number and s, m, h or d, for example 5m')
  .transform((text) => Number(text.slice(0, -1)) * UNIT_MS[text.at(-1) as keyof typeof UNIT_MS]);

const value = z.union([
  column.transform((name) => ({ column: name })),
  z.strictObject({
    column,
    minus: column.optional().describe('This column is taken off: levelM minus warningM'),
    over: column.optional().describe('The value is divided by this column: speedKmh over freeFlowKmh'),
  }),
]);
/** One limit, or one for each severity. */
const limit = z.union([z.number(), z.partialRecord(z.enum(alertSeverities), z.number())]);
const sides = {
  above: limit.optional(),
  atLeast: limit.optional(),
  below: limit.optional(),
  atMost: limit.optional(),
};
const hasOneSide = (part: { readonly [K in keyof typeof sides]?: unknown }): boolean =>
  [part.above, part.atLeast, part.below, part.atMost].filter((side) => side !== undefined).length === 1;
const ONE_SIDE = 'give exactly one of above, atLeast, below, atMost';

const threshold = z
  .strictObject({
    kind: z.literal('threshold'),
    value,
    ...sides,
    hysteresis: z
      .number()
      .min(0)
      .default(0)
      .describe('How far back inside the limit before it counts as over'),
  })
  .refine(hasOneSide, ONE_SIDE);

const rate = z
  .strictObject({
    kind: z.literal('rate'),
    value,
    window: duration.describe('The change is taken over at least this time'),
    per: duration.describe('and said per this time'),
    ...sides,
  })
  .refine(hasOneSide, ONE_SIDE);

const state = z.strictObject({
  kind: z.literal('state'),
  column,
  is: z.array(z.string().min(1).max(80)).min(1).max(40),
});
const flags = z.strictObject({ kind: z.literal('flags'), column, has: z.array(column).min(1).max(31) });
const wordsPart = z.strictObject({
  kind: z.literal('words'),
  columns: z.array(column).min(1).max(6),
  any: z.array(z.string().min(1).max(40)).min(1).max(100),
});
const silent = z.strictObject({
  kind: z.literal('silent'),
  after: duration.describe('Nothing was said for this long'),
});
const frozen = z.strictObject({
  kind: z.literal('frozen'),
  value,
  after: duration.describe('Reports go on, the value stays the same to the last digit'),
});
const passed = z.strictObject({
  kind: z.literal('passed'),
  column: column.describe('A time column'),
  by: duration.describe('This long ago, or longer'),
});
const missing = z.strictObject({ kind: z.literal('missing'), column });

const longitude = z.number().min(-180).max(180);
const latitude = z.number().min(-90).max(90);
const metres = z.number().positive().max(200_000);
const area = z.union([
  z.strictObject({ county: z.string().regex(/^\d{6}$/) }),
  z.strictObject({ place: z.string().min(1).max(80).describe('id in gazetteer.csv'), withinM: metres }),
  z.strictObject({ centre: z.tuple([longitude, latitude]), withinM: metres }),
  z.strictObject({ fence: slug.describe('id of an area of the city’s own: /admin/areas') }),
  z.strictObject({
    polygon: z
      .array(z.tuple([longitude, latitude]))
      .min(3)
      .max(500),
  }),
]);
const inside = z.strictObject({ kind: z.literal('inside'), area });
const outside = z.strictObject({ kind: z.literal('outside'), area });

/** Questions to one row that need nothing but the row. */
const plain = z.discriminatedUnion('kind', [threshold, state, flags, wordsPart, missing]);
const nearby = z.strictObject({
  kind: z.literal('nearby'),
  layer: slug,
  where: z.array(plain).max(8).default([]),
  withinM: metres,
  within: duration.describe('Only rows that speak of the last … count'),
  atLeast: z.int().min(1).max(10_000).default(1),
  same: z.array(column).max(4).default([]).describe('Columns in which both rows hold the same'),
});

const leaf = z.discriminatedUnion('kind', [
  threshold,
  rate,
  state,
  flags,
  wordsPart,
  silent,
  frozen,
  passed,
  missing,
  inside,
  outside,
  nearby,
]);
const group = z.strictObject({ kind: z.enum(['all', 'any']), of: z.array(leaf).min(1).max(12) });
const condition = z.union([leaf, group]);

export const alertRuleSchema = z.strictObject({
  id: slug,
  name: words.describe('What the rule watches, in a few words'),
  title: words.describe('Of an alert: {name}, {value}, {limit}, {region} and columns of the layer in braces'),
  toDo: words.describe('What whoever reads it does'),
  basis: z.string().min(1).max(300).describe('Where the limit comes from'),
  approximate: z.boolean().default(false).describe('The limit is a demonstration value'),
  systems: z.array(slug).min(1).max(6),
  layer: slug,
  where: z.array(plain).max(8).default([]).describe('Rows that do not fit are not looked at'),
  when: condition,
  severity: z.enum(alertSeverities).optional().describe('Where no limit of `when` says it'),
  alarm: z
    .boolean()
    .optional()
    .describe(
      'Somebody has to act now: it sounds. Absent: red and orange do, where a person can do something',
    ),
  for: duration.default(0).describe('It has to hold this long'),
  clearAfter: duration.default(60_000).describe('It has to be over this long before the alert ends'),
  once: z
    .strictObject({
      per: z.enum(['row', 'county', 'city']).default('row'),
      withinM: metres.optional().describe('Rows this near to an open alert of the rule join it'),
    })
    .default({ per: 'row' }),
  enabled: z.boolean().default(true).describe('false: only to be tried on the past'),
});

export const alertRulesFileSchema = z.strictObject({ rules: z.array(alertRuleSchema).min(1).max(200) });

export type AlertRule = z.output<typeof alertRuleSchema>;
export type AlertCondition = AlertRule['when'];
export type AlertLeaf = z.output<typeof leaf>;
export type PlainCondition = z.output<typeof plain>;
export type AlertValue = z.output<typeof value>;
export type AlertArea = z.output<typeof area>;
export type AlertLimit = z.output<typeof limit>;

/** A rule put to work or out of it by a person, whatever its file says. */
export const ruleSwitchSchema = z.strictObject({
  rule: slug,
  on: z.boolean(),
  reason: z.string().trim().min(1).max(500),
});
export type RuleSwitchRequest = z.infer<typeof ruleSwitchSchema>;

/** Kind of its entry in the log. */
export const RULE_SWITCH = 'alert-rule/switch';

/** The last word on a rule; `at`: epoch ms. */
export interface RuleSwitch extends RuleSwitchRequest {
  readonly by: string;
  readonly at: number;
}

/** Other limits of one condition of a rule, whatever its file says. `part`: its place in `when.of`, 0 where there is one only. */
export const ruleLimitSchema = z.strictObject({
  rule: slug,
  part: z.int().min(0).max(11),
  limit: limit.nullable().describe('null: that of the file again'),
  reason: z.string().trim().min(1).max(500),
});
export type RuleLimitRequest = z.infer<typeof ruleLimitSchema>;
export const undoLimitSchema = z.strictObject({
  id: z.int().positive(),
  reason: z.string().trim().min(1).max(500),
});

/** Kind of its entry in the log. */
export const RULE_LIMIT = 'alert-rule/limit';

/** One change of a limit; `id`: sequence of its entry; `before`: null: that of the file. */
export interface RuleLimit extends RuleLimitRequest {
  readonly id: number;
  readonly by: string;
  readonly at: number;
  readonly before: AlertLimit | null;
  /** It takes this change back. */
  readonly undoes: number | null;
  /** It is the last one about the condition. */
  readonly undoable: boolean;
}

/** A condition whose limit can be changed. */
export interface LimitedPart {
  readonly rule: string;
  readonly name: { readonly zh: string; readonly en: string };
  readonly layer: string;
  readonly basis: string;
  readonly enabled: boolean;
  readonly part: number;
  readonly value: AlertValue;
  /** rate: the change per time, milliseconds; null: the value itself. */
  readonly perMs: number | null;
  readonly side: 'above' | 'atLeast' | 'below' | 'atMost';
  readonly limit: AlertLimit;
  /** As the file says. */
  readonly written: AlertLimit;
}

/** Why a file is not in use as it stands. `where`: "alerts/rain.yaml:12:5". */
export interface AlertRuleProblem {
  readonly file: string;
  readonly where: string;
  readonly message: string;
  /** The last good rules of the file go on. */
  readonly keptLast: boolean;
}
