// The list of everything computed or planned, for people: over HTTP and as a document.
import { Bands } from './bands.ts';
import type { Composite } from './composites.ts';
import type { IndicatorDefinition } from './define.ts';
import type { IndicatorCatalogue, PlannedIndicator } from './load.ts';
import type { IndicatorFacts } from './port.ts';

export function factsOf(
  catalogue: IndicatorCatalogue,
  composites: readonly Composite[],
  bands = new Bands(),
): readonly IndicatorFacts[] {
  return [
    ...catalogue.connected.map((one) => ({ ...connected(one), limits: bands.sets(one) })),
    ...catalogue.planned.map(plannedFacts),
    ...composites.map(composite),
  ];
}

function connected(definition: IndicatorDefinition): IndicatorFacts {
  const { slug, version, title, unit, sign, key, direction, limits, periodS } = definition;
  const { systems, granularity, aggregate, formula } = definition;
  const inputs = definition.inputs.map((layer) => layer.slug);
  const head = { slug, version, title, unit, sign, key, direction, limits, periodS };
  return { ...head, inputs, systems, granularity, aggregate, formula, connected: true };
}

function plannedFacts(indicator: PlannedIndicator): IndicatorFacts {
  const { slug, title, unit, sign, key, direction, code, systems, granularity, aggregate } = indicator;
  const limits = code.length === 0 ? [] : [{ from: '2024-01-01', to: null, code }];
  const head = { slug, version: 0, title, unit, sign, key, direction, limits, periodS: null };
  return { ...head, inputs: [], systems, granularity, aggregate, formula: null, connected: false };
}

function composite({
  slug,
  title,
  unit,
  sign,
  direction,
  limits,
  inputs,
  formula,
}: Composite): IndicatorFacts {
  const head = { slug, version: 1, title, unit, sign, key: false, direction, limits, periodS: 10 };
  const computed = { systems: ['leader-cockpit'], granularity: 'county', aggregate: 'FORMULA' };
  return { ...head, inputs, ...computed, formula, connected: true };
}
