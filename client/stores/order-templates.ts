// What is ordered often, as the city package says it: what the form of an order is filled with at one press. Pure.
import type { Title } from '../../contracts/column.ts';

export interface OrderTemplate {
  readonly id: string;
  readonly title: Title;
  /** Kinds of incidents it is for; empty: any. */
  readonly kinds: readonly string[];
  /** Units, or who the incident says: owner, county, town. */
  readonly to: readonly string[];
  /** With {place}. */
  readonly text: Title;
  /** Minutes; null: no time is set. */
  readonly dueMin: number | null;
  /** Minutes. */
  readonly ackMin: number;
  readonly urgent: boolean;
  readonly work: boolean;
}

/** A server of another build may send none. */
export const parseOrderTemplates = (value: unknown): readonly OrderTemplate[] =>
  Array.isArray(value) ? (value as OrderTemplate[]).filter(({ id, text }) => Boolean(id && text?.zh)) : [];

/** For an incident of a kind: its own first, then those for any; null: those for any. */
export const templatesFor = (
  all: readonly OrderTemplate[],
  kind: string | null,
): readonly OrderTemplate[] => [
  ...all.filter(({ kinds }) => kind !== null && kinds.includes(kind)),
  ...all.filter(({ kinds }) => kinds.length === 0),
];

/** Ids of units; what the incident does not say is left out. @param region code of the region it lies in */
export function unitsOfTemplate(
  { to }: Pick<OrderTemplate, 'to'>,
  { owner, region }: { readonly owner: string; readonly region: string },
): string[] {
  const said: Readonly<Record<string, string>> = {
    owner,
    county: region.length >= 6 ? `county:${region.slice(0, 6)}` : '',
    town: region.length === 9 ? `town:${region}` : '',
  };
  return to.map((one) => said[one] ?? one).filter((id) => id !== '');
}
