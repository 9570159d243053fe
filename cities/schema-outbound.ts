// What is sent to whom when an incident moves, in which words, and who is told when nobody reads it: outbound.yaml.
import { z } from 'zod';
import { slug, title } from './schema-base.ts';

/** What may stand in braces in a text. */
const words = [
  'city',
  'no',
  'title',
  'place',
  'grade',
  'unit',
  'by',
  'text',
  'time',
  'due',
  'minutes',
  'to',
  'plan',
  'version',
  'level',
  'clause',
  'role',
  'verdict',
  'from',
  'address',
] as const;
const text = z
  .string()
  .min(1)
  .max(500)
  .superRefine((value, context) => {
    for (const [, word = ''] of value.matchAll(/\{([^}]*)\}/g)) {
      if (!(words as readonly string[]).includes(word))
        context.addIssue({
          code: 'custom',
          message: `{${word}} is unknown: use ${words.map((one) => `{${one}}`).join(', ')}`,
        });
    }
  });
/** owner: who does the step it waits for. unit: who handles it. desk: who leads it. city: the duty desk. */
const recipient = z
  .string()
  .regex(
    /^(owner|unit|desk|city|(dept|system):[a-z0-9-]{1,40})$/,
    'owner, unit, desk, city, dept:<id>, system:<id>',
  );
const rungs = z.array(z.strictObject({ afterMin: z.number().int().positive(), to: recipient })).max(9);

export const outboundFile = z.strictObject({
  messages: z.array(
    z.strictObject({
      on: z.enum(['accept', 'grade', 'assign', 'urge', 'supervise', 'escalate', 'close']),
      kind: z.enum(['notice', 'push']).default('notice'),
      to: recipient,
      text,
    }),
  ),
  /** By layer of the row an incident was made of: what who spoke up is told when it is closed, after a second person agreed. */
  replies: z.record(slug, text),
  /** What is said of a plan: to its command when it starts, changes its level or ends; to a unit for each of its tasks. */
  plans: z.strictObject({ start: text, task: text, level: text, end: text }).partial().optional(),
  /** Who is told that rights were taken alone in an emergency (紧急授权), given back, and reviewed. */
  glass: z
    .strictObject({
      /** Their addresses and numbers are settings of the server, by these ids. */
      to: z
        .array(
          z.strictObject({
            id: z
              .string()
              .regex(/^(office|dept|system):[a-z0-9-]{1,40}$/, 'office:<id>, dept:<id> or system:<id>'),
            name: title,
          }),
        )
        .min(1)
        .max(9),
      take: text,
      end: text,
      review: text,
    })
    .optional(),
  /** What is said of an order: to whom it is for, to who is above when nobody acknowledges it. */
  orders: z.strictObject({ issue: text, remind: text, escalate: text, withdraw: text }).partial().optional(),
  /** What units are told that somebody calls. */
  calls: z.strictObject({ message: text, 'roll-call': text, meeting: text }).partial().optional(),
  /** Where decisions of a situation report are pushed to, as tasks of the document system. */
  decisions: z.strictObject({ to: z.string().regex(/^system:[a-z0-9-]{1,40}$/), text }).optional(),
  /** What is said of 战时: to those the city package names under `crisis` when it begins, changes or ends; of a roll-call. */
  crisis: z
    .strictObject({ crisis: text, 'crisis-end': text, 'roll-call': text, missing: text })
    .partial()
    .optional(),
  /** Who is told when a notice is unread so long after it, one after the other; one who was told already is passed over. */
  unread: z.strictObject({ urgent: rungs, normal: rungs, text }),
});

export type Outbound = z.output<typeof outboundFile>;
