// The table of rights as data: read once, checked, and asked by role, action and mode.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Label, Title } from '../../contracts/column.ts';
import { labels } from '../../contracts/column.ts';
import { roles } from '../../contracts/records/account.ts';
import type { Role } from '../../contracts/records/account.ts';
import type { Action } from './actions.ts';
import type { ExportRules } from './export-rules.ts';
import { actions } from './actions.ts';

/** V view, C create, A approve or decide, X execute. */
const letters = ['V', 'C', 'A', 'X'] as const;
export type Right = (typeof letters)[number];

const title = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) });
const NONE = '–';

/** "V C", or "V | V C": in peacetime, and in 战时. */
const cell = z.string().transform((text, context) => {
  const sides = text.split('|').map((side) => side.trim().split(/\s+/));
  const wrong = sides.flat().find((word) => word !== NONE && !(letters as readonly string[]).includes(word));
  if (wrong !== undefined || sides.length > 2) {
    context.addIssue({ code: 'custom', message: `"${text}": V, C, A, X or –, once or on both sides of |` });
    return z.NEVER;
  }
  const [peace, crisis = peace] = sides as [Right[], Right[]?];
  return { peace: new Set(peace), crisis: new Set(crisis) };
});

const need = z.string().transform((text, context) => {
  const [object = '', right = ''] = text.split(' ');
  if ((letters as readonly string[]).includes(right)) return { object, right: right as Right };
  context.addIssue({ code: 'custom', message: `"${text}": an object and one right, for example "map V"` });
  return z.NEVER;
});

/** business roles go together; each of the others excludes every other. */
const duties = ['business', 'sys-admin', 'sec-admin', 'auditor', 'device'] as const;
export type Duty = (typeof duties)[number];

const rightsSchema = z.strictObject({
  roles: z.record(
    z.enum(roles),
    z.strictObject({
      title,
      duty: z.enum(duties),
      /** Highest class it reads. */
      labels: z.enum(labels),
      /** Its area is a county, a town or a department, never the whole city. */
      unit: z.enum(['county', 'town', 'department']).optional(),
    }),
  ),
  open: z.array(z.enum(actions)),
  stepUp: z.array(z.enum(actions)),
  glassRoles: z.array(z.enum(roles)),
  secondFactor: z.array(z.enum(roles)),
  factorActions: z.array(z.enum(actions)),
  exports: z.strictObject({
    personal: z.array(z.string()),
    label: z.enum(labels),
    cityHours: z.number().positive(),
    rows: z.int().positive(),
    askHours: z.number().positive(),
    fetchHours: z.number().positive(),
  }),
  actions: z.partialRecord(z.enum(actions), need),
  objects: z.record(z.string(), z.strictObject({ title, rights: z.partialRecord(z.enum(roles), cell) })),
});
type Table = z.output<typeof rightsSchema>;

export interface RoleFacts {
  readonly title: Title;
  readonly duty: Duty;
  readonly labels: readonly Label[];
  readonly unit: 'county' | 'town' | 'department' | null;
}

export class Rights {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  /** Nobody has to sign in for it. */
  isOpen(action: Action): boolean {
    return this.#table.open.includes(action);
  }

  /** Who does it must have said lately who they are. */
  asksStepUp(action: Action): boolean {
    return this.#table.stepUp.includes(action);
  }

  /** Roles that somebody takes alone in an emergency. */
  get glassRoles(): readonly Role[] {
    return this.#table.glassRoles;
  }

  /** Who holds one of these roles has a second factor. */
  asksSecondFactor(held: readonly Role[]): boolean {
    return held.some((role) => this.#table.secondFactor.includes(role));
  }

  /** Nobody does it who has no second factor. */
  asksFactor(action: Action): boolean {
    return this.#table.factorActions.includes(action);
  }

  /** What of an export needs a second person. */
  get exports(): ExportRules {
    return this.#table.exports;
  }

  may(role: Role, action: Action, isCrisis: boolean): boolean {
    const wanted = this.#table.actions[action];
    if (!wanted) return false;
    const given = this.#table.objects[wanted.object]?.rights[role];
    return given?.[isCrisis ? 'crisis' : 'peace'].has(wanted.right) ?? false;
  }

  /** What roles may do in 战时 beyond peacetime: by role and object, both sides in letters. */
  gains(): { role: Title; object: Title; peace: string; crisis: string }[] {
    return Object.values(this.#table.objects).flatMap(({ title: object, rights }) =>
      Object.entries(rights).flatMap(([role, { peace, crisis }]) => {
        const sides = { peace: [...peace].join(' '), crisis: [...crisis].join(' ') };
        return sides.peace === sides.crisis
          ? []
          : [{ role: this.#table.roles[role as Role].title, object, ...sides }];
      }),
    );
  }

  of(role: Role): RoleFacts {
    const { title: name, duty, labels: highest, unit = null } = this.#table.roles[role];
    return { title: name, duty, labels: labels.slice(0, labels.indexOf(highest) + 1), unit };
  }
}

/** @throws Error naming the line of the table that is wrong */
export function readRights(file = path.join(import.meta.dirname, 'rights.yaml')): Rights {
  const result = rightsSchema.safeParse(parse(readFileSync(file, 'utf8')));
  const issue = result.success ? undefined : result.error.issues[0];
  if (!result.success) throw new Error(`${file}: ${issue?.path.join('.')}: ${issue?.message}`);
  const { data: table } = result;
  for (const action of actions) {
    const wanted = table.actions[action];
    if (wanted ? !table.objects[wanted.object] : !table.open.includes(action))
      throw new Error(`${file}: actions.${action}: name an object and a right, or list it under open`);
  }
  return new Rights(table);
}
