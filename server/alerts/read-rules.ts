// One file of alert rules: text → rules whose every name is known here, or what is wrong, where, and what to do.
import type { Column } from '../../contracts/column.ts';
import type { Layer } from '../../contracts/layer.ts';
import type {
  AlertArea,
  AlertLeaf,
  AlertRule,
  AlertValue,
  PlainCondition,
} from '../../contracts/records/alert-rule.ts';
import { alertRuleSchema, alertRulesFileSchema } from '../../contracts/records/alert-rule.ts';
import { CodedError } from '../../contracts/errors.ts';
import { nearest } from '../kit/nearest-word.ts';
import type { FieldPath } from '../kit/written-file.ts';
import { readWrittenFile } from '../kit/written-file.ts';
import type { Places } from './areas.ts';
import { RULES_SCHEMA_FILE } from './rule-json-schema.ts';

/** What the names in a rule may refer to. */
export interface RuleWords extends Places {
  readonly layers: ReadonlyMap<string, Layer>;
  readonly systems: ReadonlySet<string>;
  readonly indicators: ReadonlySet<string>;
  readonly counties: ReadonlySet<string>;
}

type Fault = (path: FieldPath, message: string) => Error;

/** @param file how the file is named in messages @throws WrittenFileError */
export function readRules(text: string, file: string, words: RuleWords): readonly AlertRule[] {
  const schema = alertRulesFileSchema;
  const source = readWrittenFile(text, { file, schema, schemaFile: RULES_SCHEMA_FILE });
  const { rules } = source.value;
  const seen = new Set<string>();
  for (const [at, rule] of rules.entries()) {
    const fault: Fault = (path, message) => source.fault(['rules', at, ...path], message);
    if (seen.has(rule.id)) throw fault(['id'], `${rule.id} is there twice: give each rule an id of its own`);
    seen.add(rule.id);
    new RuleCheck(rule, words, fault).run();
  }
  return rules;
}

/** A rule that came over the wire. @throws CodedError request/invalid */
export function checkRule(asked: unknown, words: RuleWords): AlertRule {
  const refuse = (path: FieldPath, message: string): Error =>
    new CodedError('request/invalid', `rule ${path.map(String).join('.')}: ${message}`);
  const parsed = alertRuleSchema.safeParse(asked);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw refuse(issue?.path ?? [], `${issue?.message ?? 'does not fit'}: see ${RULES_SCHEMA_FILE}`);
  }
  new RuleCheck(parsed.data, words, refuse).run();
  return parsed.data;
}

/** What every title may name besides columns. */
const TITLE_WORDS = new Set(['name', 'value', 'limit', 'region']);
const PLACED = new Set(['inside', 'outside', 'nearby']);

class RuleCheck {
  readonly #rule: AlertRule;
  readonly #words: RuleWords;
  readonly #fault: Fault;

  constructor(rule: AlertRule, words: RuleWords, fault: Fault) {
    this.#rule = rule;
    this.#words = words;
    this.#fault = fault;
  }

  run(): void {
    const { layer: slug, when, where, systems } = this.#rule;
    const layer = this.#layer(slug, ['layer']);
    for (const [at, system] of systems.entries()) {
      this.#known(system, this.#words.systems, { path: ['systems', at], what: 'system of this city' });
    }
    for (const [at, leaf] of where.entries()) this.#leaf(layer, leaf, ['where', at]);
    const leaves = 'of' in when ? when.of : [when];
    for (const [at, leaf] of leaves.entries())
      this.#leaf(layer, leaf, 'of' in when ? ['when', 'of', at] : ['when']);
    const once = this.#rule.once;
    if (once.withinM !== undefined && !hasPlace(layer))
      throw this.#fault(['once', 'withinM'], `rows of ${slug} have no position: leave it out`);
    this.#severity(leaves);
    for (const language of ['zh', 'en'] as const) this.#title(layer, language);
  }

  #severity(leaves: readonly AlertLeaf[]): void {
    const isGraded = leaves.some(
      (leaf) =>
        (leaf.kind === 'threshold' || leaf.kind === 'rate') &&
        typeof (leaf.above ?? leaf.atLeast ?? leaf.below ?? leaf.atMost) === 'object',
    );
    if (!isGraded && this.#rule.severity === undefined)
      throw this.#fault([], 'no severity: give it, or limits by severity in `when`');
  }

  #title(layer: Layer, language: 'zh' | 'en'): void {
    for (const [, name = ''] of this.#rule.title[language].matchAll(/\{(\w*)\}/g)) {
      if (TITLE_WORDS.has(name)) continue;
      const known = new Set([...TITLE_WORDS, ...Object.keys(layer.columns)]);
      this.#known(name, known, { path: ['title', language], what: 'word for a title' });
    }
  }

  #leaf(layer: Layer, leaf: AlertLeaf | PlainCondition, path: FieldPath): void {
    if (PLACED.has(leaf.kind) && !hasPlace(layer) && !(leaf.kind !== 'nearby' && isCounty(leaf)))
      throw this.#fault(path, `rows of ${layer.slug} have no position`);
    switch (leaf.kind) {
      case 'threshold':
      case 'rate':
      case 'frozen':
        return this.#value(layer, leaf.value, [...path, 'value']);
      case 'state':
        return this.#state(layer, leaf, path);
      case 'flags':
        return this.#flags(layer, leaf, path);
      case 'words':
        for (const [at, name] of leaf.columns.entries())
          this.#column(layer, name, { path: [...path, 'columns', at], types: ['text'] });
        return;
      case 'passed':
        return void this.#column(layer, leaf.column, { path: [...path, 'column'], types: ['time'] });
      case 'missing':
        return void this.#column(layer, leaf.column, { path: [...path, 'column'] });
      case 'silent':
        return;
      case 'inside':
      case 'outside':
        return this.#area(leaf.area, [...path, 'area']);
      case 'nearby':
        return this.#nearby(layer, leaf, path);
    }
  }

  #nearby(layer: Layer, leaf: Extract<AlertLeaf, { kind: 'nearby' }>, path: FieldPath): void {
    const partner = this.#layer(leaf.layer, [...path, 'layer']);
    if (!hasPlace(partner))
      throw this.#fault([...path, 'layer'], `rows of ${partner.slug} have no position: choose another layer`);
    for (const [at, one] of leaf.where.entries()) this.#leaf(partner, one, [...path, 'where', at]);
    for (const [at, name] of leaf.same.entries())
      for (const side of [layer, partner]) this.#column(side, name, { path: [...path, 'same', at] });
  }

  #value(layer: Layer, { column, ...more }: AlertValue, path: FieldPath): void {
    for (const name of [column, ...Object.values(more).filter((one) => one !== undefined)])
      this.#column(layer, name, { path, types: ['number'] });
  }

  #state(layer: Layer, leaf: Extract<AlertLeaf, { kind: 'state' }>, path: FieldPath): void {
    const place = { path: [...path, 'column'], types: ['enum', 'text'] as const };
    const column = this.#column(layer, leaf.column, place);
    const isIndicator = layer.slug === 'indicator-value' && leaf.column === 'indicator';
    const known =
      column.type === 'enum' ? new Set(Object.keys(column.values)) : isIndicator && this.#words.indicators;
    if (!known) return;
    for (const [at, code] of leaf.is.entries())
      this.#known(code, known, { path: [...path, 'is', at], what: `value of ${leaf.column}` });
  }

  #flags(layer: Layer, leaf: Extract<AlertLeaf, { kind: 'flags' }>, path: FieldPath): void {
    const column = this.#column(layer, leaf.column, { path: [...path, 'column'], types: ['flags'] });
    const known = new Set(column.type === 'flags' ? Object.keys(column.bits) : []);
    for (const [at, bit] of leaf.has.entries())
      this.#known(bit, known, { path: [...path, 'has', at], what: `flag of ${leaf.column}` });
  }

  #area(area: AlertArea, path: FieldPath): void {
    if ('county' in area)
      this.#known(area.county, this.#words.counties, {
        path: [...path, 'county'],
        what: 'county of this city',
      });
    if ('place' in area && this.#words.placeOf(area.place) === null)
      throw this.#fault(
        [...path, 'place'],
        `no place of this city has the id ${area.place}: see gazetteer.csv`,
      );
    if ('fence' in area && this.#words.fenceOf(area.fence) === null)
      throw this.#fault(
        [...path, 'fence'],
        `no area of this city has the id ${area.fence}: see /admin/areas`,
      );
  }

  #layer(slug: string, path: FieldPath): Layer {
    this.#known(slug, new Set(this.#words.layers.keys()), { path, what: 'layer' });
    return this.#words.layers.get(slug) as Layer;
  }

  #column(
    layer: Layer,
    name: string,
    { path, types }: { readonly path: FieldPath; readonly types?: readonly Column['type'][] },
  ): Column {
    const fit = Object.entries<Column>(layer.columns).filter(([, { type }]) => types?.includes(type) ?? true);
    this.#known(name, new Set(fit.map(([key]) => key)), {
      path,
      what: `${types ? `${types.join(' or ')} ` : ''}column of ${layer.slug}`,
    });
    return layer.columns[name] as Column;
  }

  #known(
    word: string,
    known: ReadonlySet<string>,
    { path, what }: { readonly path: FieldPath; readonly what: string },
  ): void {
    if (known.has(word)) return;
    const near = nearest(word, [...known]);
    const hint = near === null ? 'correct or remove it' : `did you mean ${near}?`;
    throw this.#fault(path, `there is no ${what} called ${word}: ${hint}`);
  }
}

const hasPlace = ({ columns }: Layer): boolean =>
  Object.values<Column>(columns).some(({ type }) => type === 'position');

const isCounty = (leaf: object): boolean =>
  'area' in leaf && typeof leaf.area === 'object' && leaf.area !== null && 'county' in leaf.area;
