// Who handles which kind of incident as it holds now: what people changed over what responsibilities.yaml says.
import type { DutyCases } from '../../contracts/records/city-setting.ts';
import type { Rule } from './responsibilities.ts';

export class RulesInForce {
  readonly #written: readonly Rule[];
  readonly #changed = new Map<string, DutyCases>();
  #rules: readonly Rule[];

  constructor(written: readonly Rule[]) {
    this.#written = written;
    this.#rules = written;
  }

  get rules(): readonly Rule[] {
    return this.#rules;
  }

  /** null: as the file says. */
  set(kind: string, cases: DutyCases | null): void {
    if (cases) this.#changed.set(kind, cases);
    else this.#changed.delete(kind);
    this.#rules = [...this.#changed].reduce(
      (rules, [of, changed]) => withCases(rules, of, changed),
      this.#written,
    );
  }

  /** null: as the file says. */
  with(kind: string, cases: DutyCases | null): readonly Rule[] {
    return withCases(this.#rules, kind, cases ?? casesOf(this.#written, kind));
  }

  casesOf(kind: string): DutyCases {
    return casesOf(this.#rules, kind);
  }

  writtenOf(kind: string): DutyCases {
    return casesOf(this.#written, kind);
  }
}

function casesOf(rules: readonly Rule[], kind: string): DutyCases {
  return rules
    .filter(({ kinds }) => kinds.includes(kind))
    .map(({ areas, department, assisting, countyGrades }) => ({
      ...(areas ? { areas: [...areas] } : {}),
      department,
      assisting: [...assisting],
      ...(countyGrades ? { countyGrades: [...countyGrades] } : {}),
    }));
}

/** Rules with others for one kind; those of the other kinds stay in their order. */
const withCases = (rules: readonly Rule[], kind: string, cases: DutyCases): readonly Rule[] => [
  ...rules
    .map((rule) => ({ ...rule, kinds: rule.kinds.filter((one) => one !== kind) }))
    .filter(({ kinds }) => kinds.length > 0),
  ...cases.map((one) => ({ ...one, kinds: [kind] })),
];
