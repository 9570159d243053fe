// Who handles which kind of incident as a kind of settings of the city: what holds, whether others fit, and for which
// places and open incidents somebody else would be asked.
import type { Title } from '../../contracts/column.ts';
import { title } from '../../contracts/declare.ts';
import { CodedError } from '../../contracts/errors.ts';
import type {
  CaseWords,
  DutyCases,
  KeptCases,
  SettingEffect,
  SettingEffects,
} from '../../contracts/records/city-setting.ts';
import { dutyCases } from '../../contracts/records/city-setting.ts';
import type { Grade, IncidentKind, UnitRef } from '../../contracts/records/incident.ts';
import { incidentKinds, kindTitles } from '../../contracts/records/incident.ts';
import type { CitySort } from './city-keeper.ts';
import { valueAs } from './value-as.ts';

interface Responsible {
  readonly unit: UnitRef;
  readonly assisting: readonly UnitRef[];
}

/** An incident nobody was sent to yet. */
interface Waiting {
  readonly no: string;
  readonly title: string;
  readonly kind: IncidentKind;
  readonly grade: Grade | null;
  readonly region: string;
}

export interface CaseParts {
  readonly casesOf: (kind: string) => DutyCases;
  readonly writtenOf: (kind: string) => DutyCases;
  /** Kinds that are not as the files say. */
  readonly changed: () => ReadonlySet<string>;
  readonly put: (kind: string, cases: DutyCases | null) => void;
  /** By the rules in force, or with these of its kind. */
  readonly responsibleFor: (
    asked: { readonly kind: IncidentKind; readonly grade: Grade | null; readonly region: string },
    cases?: DutyCases,
  ) => Responsible;
  readonly departments: CaseWords['departments'];
  /** Of the city itself, then its counties. */
  readonly regions: readonly { readonly code: string; readonly name: Title }[];
  readonly waiting: (kind: IncidentKind) => readonly Waiting[];
}

/** One of those that the department leads in most cities, and the one a county does. */
const SHOWN_GRADES = ['III', 'IV'] as const;
const gradeWords = { III: title('Ⅲ级以上', 'grade III and graver'), IV: title('Ⅳ级', 'grade IV') } as const;

export function responsibilitySort(parts: CaseParts): CitySort<KeptCases> {
  const { casesOf, writtenOf, changed, put, departments, regions } = parts;
  return {
    words: { departments, counties: regions.slice(1) },
    items: () =>
      incidentKinds.map((kind) => ({
        ...{ id: kind, title: kindTitles[kind], value: casesOf(kind), written: writtenOf(kind) },
        isChanged: changed().has(kind),
      })),
    check: (kind, value) => {
      if (!(incidentKinds as readonly string[]).includes(kind))
        throw new CodedError('request/not-found', `kind of incident ${kind}`);
      const fault = value === null ? null : casesFault(valueAs(dutyCases, value), parts);
      if (fault) throw new CodedError('request/invalid', `value.${fault}`);
    },
    effects: (kind, value) =>
      effectsOf(kind as IncidentKind, value === null ? writtenOf(kind) : valueAs(dutyCases, value), parts),
    apply: (kind, value) => put(kind, value === null ? null : valueAs(dutyCases, value)),
  };
}

/** What is wrong with them and where, as "0.department: …"; null: they fit. */
export function casesFault(
  cases: DutyCases,
  { departments, regions }: Pick<CaseParts, 'departments' | 'regions'>,
): string | null {
  const known = new Set(departments.map(({ id }) => id));
  const counties = new Set(regions.slice(1).map(({ code }) => code));
  const taken = new Set<string>();
  for (const [at, { areas, department, assisting }] of cases.entries()) {
    const isLast = at === cases.length - 1;
    if (isLast !== (areas === undefined))
      return isLast
        ? `${at}.areas: the last one must hold everywhere: leave its counties out`
        : `${at}.areas: name its counties; only the last one holds everywhere`;
    for (const code of areas ?? []) {
      if (!counties.has(code)) return `${at}.areas: ${code} is no county of this city`;
      if (taken.has(code)) return `${at}.areas: ${code} stands above already: the first one counts`;
      taken.add(code);
    }
    const strange = [department, ...assisting].find((id) => !known.has(id));
    if (strange !== undefined) return `${at}.department: ${strange} is no department of this city`;
    if (assisting.includes(department)) return `${at}.assisting: ${department} leads already`;
    if (new Set(assisting).size < assisting.length) return `${at}.assisting: somebody is named twice`;
  }
  return null;
}

function effectsOf(kind: IncidentKind, cases: DutyCases, parts: CaseParts): SettingEffects {
  const { regions, responsibleFor, waiting } = parts;
  const places = regions.flatMap(({ code, name }) =>
    SHOWN_GRADES.map((grade) => ({
      asked: { kind, grade, region: code },
      what: both(name, gradeWords[grade], ' · '),
    })),
  );
  const open = waiting(kind).map(({ no, title: text, grade, region }) => ({
    asked: { kind, grade, region },
    what: title(`事件 ${no} ${text}`, `Incident ${no} ${text}`),
  }));
  const all = [...places, ...open];
  const effects = all.flatMap(({ asked, what }): SettingEffect[] => {
    const [before, after] = [responsibleFor(asked), responsibleFor(asked, cases)].map(wordsOf);
    return before && after && before.zh !== after.zh ? [{ what, before, after }] : [];
  });
  return { effects, seen: all.length };
}

const both = (a: Title, b: Title, between: string): Title =>
  title(`${a.zh}${between}${b.zh}`, `${a.en}${between}${b.en}`);

function wordsOf({ unit, assisting }: Responsible): Title {
  const names = (language: 'zh' | 'en', mark: string): string =>
    assisting.map(({ name }) => name[language]).join(mark);
  return assisting.length === 0
    ? unit.name
    : title(`${unit.name.zh}，协助 ${names('zh', '、')}`, `${unit.name.en}, with ${names('en', ', ')}`);
}
