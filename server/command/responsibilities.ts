// Who handles what where, by the rules of the city; and what kind of incident a signal is.
import type { Title } from '../../contracts/column.ts';
import type { Grade, IncidentKind, UnitRef } from '../../contracts/records/incident.ts';
import { incidentKinds } from '../../contracts/records/incident.ts';
import { CodedError } from '../../contracts/errors.ts';
import type { TimeRules } from './time-standards.ts';

export interface Rule {
  readonly kinds: readonly string[];
  readonly areas?: readonly string[] | undefined;
  readonly department: string;
  readonly assisting: readonly string[];
  readonly countyGrades?: readonly Grade[] | undefined;
}

export interface SignalRule {
  readonly title: string;
  readonly text?: string | undefined;
  readonly place?: string | undefined;
  readonly at?: string | undefined;
  readonly kinds: readonly {
    readonly column: string;
    readonly contains: string;
    readonly kind: string;
    readonly urgent?: boolean | undefined;
  }[];
  readonly otherwise: string;
  readonly urgent: boolean;
}

/** The city package as command wants it. */
export interface CommandCity {
  readonly organisation: {
    readonly city: { readonly code: string; readonly name: Title };
    readonly departments: readonly { readonly id: string; readonly name: Title }[];
    readonly counties: readonly { readonly code: string; readonly name: Title }[];
  };
  readonly towns: readonly {
    readonly code: string;
    readonly name: string;
    readonly en: string;
    readonly countyCode: string;
    readonly lon: number;
    readonly lat: number;
  }[];
  readonly villages: readonly {
    readonly code: string;
    readonly name: string;
    readonly en: string;
    readonly lon: number;
    readonly lat: number;
  }[];
  readonly responsibilities: TimeRules & {
    readonly hours: readonly (readonly [string, string])[];
    readonly countyGrades: readonly Grade[];
    readonly rules: readonly Rule[];
    readonly signals: Readonly<Record<string, SignalRule>>;
  };
}

export interface Responsible {
  readonly unit: UnitRef;
  readonly assisting: readonly UnitRef[];
}

export class Units {
  readonly #city: CommandCity;
  readonly #units = new Map<string, UnitRef>();

  /** @throws Error naming the kind that responsibilities.yaml misses or misspells */
  constructor(city: CommandCity) {
    this.#city = city;
    const { organisation, towns, responsibilities } = city;
    const add = (id: string, name: Title): void => void this.#units.set(id, { id, name });
    add('city', {
      zh: `${organisation.city.name.zh}值班室`,
      en: `${organisation.city.name.en} duty desk`,
    });
    for (const { id, name } of organisation.departments) add(`dept:${id}`, name);
    for (const { code, name } of organisation.counties)
      add(`county:${code}`, { zh: `${name.zh}指挥中心`, en: `${name.en} centre` });
    for (const { code, name, en } of towns) add(`town:${code}`, { zh: name, en });
    const { rules, signals } = responsibilities;
    const named = Object.values(signals).flatMap(({ kinds, otherwise }) => [
      otherwise,
      ...kinds.map(({ kind }) => kind),
    ]);
    for (const kind of [...rules.flatMap(({ kinds }) => kinds), ...named]) {
      if (!(incidentKinds as readonly string[]).includes(kind))
        throw new Error(
          `responsibilities.yaml: kind "${kind}" is unknown: use one of ${incidentKinds.join(', ')}`,
        );
    }
    for (const kind of incidentKinds) {
      if (!rules.some(({ kinds, areas }) => areas === undefined && kinds.includes(kind)))
        throw new Error(
          `responsibilities.yaml: nobody handles "${kind}" everywhere: add a rule without areas`,
        );
    }
  }

  get all(): readonly UnitRef[] {
    return [...this.#units.values()];
  }

  /** @throws CodedError request/invalid */
  unit(id: string): UnitRef {
    const found = this.#units.get(id);
    if (!found) throw new CodedError('request/invalid', `unit: ${id} is no unit of this city`);
    return found;
  }

  /** Who leads and who helps, by kind, grade and place. `region`: code of county or town, or of the city. */
  responsibleFor(asked: {
    readonly kind: IncidentKind;
    readonly grade: Grade | null;
    readonly region: string;
    /** Absent: those in force. */
    readonly rules?: readonly Rule[];
  }): Responsible {
    const { countyGrades } = this.#city.responsibilities;
    const { rules = this.#city.responsibilities.rules } = asked;
    const county = asked.region.slice(0, 6);
    const rule = rules.find(
      ({ kinds, areas }) => kinds.includes(asked.kind) && (areas === undefined || areas.includes(county)),
    ) as Rule;
    const department = this.unit(`dept:${rule.department}`);
    const helpers = rule.assisting.map((id) => this.unit(`dept:${id}`));
    const [ofCounty, ofTown] = [this.#units.get(`county:${county}`), this.#units.get(`town:${asked.region}`)];
    const places = [ofCounty, ofTown].filter((one) => one !== undefined);
    const leads =
      ofCounty && asked.grade !== null && (rule.countyGrades ?? countyGrades).includes(asked.grade);
    if (!leads) return { unit: department, assisting: [...helpers, ...places] };
    return { unit: ofCounty, assisting: [department, ...helpers, ...(ofTown ? [ofTown] : [])] };
  }

  /** What a signal is, by its layer and its words. @throws CodedError request/invalid for a layer without rules */
  kindOfSignal(
    layer: string,
    values: Readonly<Record<string, unknown>>,
  ): { readonly kind: IncidentKind; readonly urgent: boolean; readonly rule: SignalRule } {
    const rule = this.#city.responsibilities.signals[layer];
    if (!rule)
      throw new CodedError(
        'request/invalid',
        `layer: no incident is made of ${layer}, only of ${Object.keys(this.#city.responsibilities.signals).join(', ')}`,
      );
    const hit = rule.kinds.find(({ column, contains }) => String(values[column] ?? '').includes(contains));
    return { kind: (hit?.kind ?? rule.otherwise) as IncidentKind, urgent: hit?.urgent ?? rule.urgent, rule };
  }

  /** Layers a signal can come from. */
  get signals(): readonly string[] {
    return Object.keys(this.#city.responsibilities.signals);
  }
}
