// What is filled in for an order: pure parts of its form.
import type { OrderTemplate } from '../../stores/order-templates.ts';
import { unitsOfTemplate } from '../../stores/order-templates.ts';
import type { OrderIncident } from './does.ts';

export const orderPosts = ['', 'leader', 'chief', 'officer'] as const;

export interface Addressed {
  readonly unit: string;
  /** '' : the unit as a whole. */
  readonly post: (typeof orderPosts)[number];
}

export interface Filled {
  text: string;
  place: string;
  /** Minutes from now; '' : no time is set. */
  minutes: number | '';
  ackMin: number;
  urgent: boolean;
  incident: number | null;
  /** `<plan> <number>`; '' : none. */
  clause: string;
  work: boolean;
  to: readonly Addressed[];
}

interface TemplateGround {
  readonly incident: OrderIncident | null;
  readonly site: string;
  /** What the template says, in the language of the page. */
  readonly words: string;
  /** Ids of the units there are. */
  readonly units: ReadonlySet<string>;
}

/** Minutes; '' : no time is set. */
export const dueChoices = [30, 60, 120, 240, ''] as const;

export const unitsTo = (ids: readonly string[]): Addressed[] =>
  [...new Set(ids)].map((unit) => ({ unit, post: '' }));

/**
 * What a template fills in; units that were chosen by hand stay, and what is no unit of the city is left out.
 * @param site what the place is called where none is filled in
 */
export function withTemplate(
  filled: Filled,
  template: OrderTemplate,
  { incident, site, words, units }: TemplateGround,
): Partial<Filled> {
  const { dueMin, ackMin, urgent, work } = template;
  const ids = unitsOfTemplate(template, incident ?? { owner: '', region: '' });
  const chosen = new Set(filled.to.map(({ unit }) => unit));
  const isNew = (id: string): boolean => units.has(id) && !chosen.has(id);
  return {
    ...{ ackMin, urgent, minutes: dueMin ?? '', work: work && incident !== null },
    text: words.replaceAll('{place}', filled.place.trim() || site),
    to: [...filled.to, ...unitsTo(ids.filter(isNew))],
  };
}

export function clauseOf({ clause }: Pick<Filled, 'clause'>): { plan: string; clause: string } | null {
  const [plan = '', no = ''] = clause.split(' ');
  return no === '' ? null : { plan, clause: no };
}
