// What models say, as rows: the headline of the newest run of each model and place, and the rows of its branch. Lists, maps,
// history and replay read those.
import { advice as adviceLayer } from '../../contracts/layers/advice.ts';
import type { Advice, DecisionRun } from '../../contracts/records/advice.ts';
import type { RowInput } from '../../contracts/table.ts';
import { units } from '../../contracts/units.ts';
import type { Clock } from '../kit/clock.ts';
import type { World } from '../state/port.ts';
import { placeOf } from './fold.ts';
import type { AdviseRows, OfferedModel } from './port.ts';

const MOST_HEADLINES = 8;
const MOST_GAP_TEXT = 2000;

export interface AdviceRowParts {
  readonly world: Pick<World, 'layers'>;
  readonly clock: Clock;
  readonly isDemo: boolean;
  /** Code of a region as rows carry it; the city's own for ''. */
  readonly cityCode: string;
  readonly models: Iterable<OfferedModel>;
}

export function adviceRows(parts: AdviceRowParts): AdviseRows {
  return {
    show: (run, model) => {
      const place = placeOf(run);
      if (!run.advice || place === null) return;
      const shown = { run, advice: run.advice, place, model };
      // The branch of a run never changes: it is said once, after a restart not again.
      if (!isShown(parts, place, run.id)) showBranch(parts, shown);
      put(parts, adviceLayer.slug, headlineOf(parts, shown));
    },
    showOnly: (places) => {
      for (const slug of writtenBy(parts.models))
        end(parts, slug, (key) => (places.has(placeIn(slug, key)) ? null : 'gone'));
    },
  };
}

/** Source of the rows of a model, and the beginning of their keys. */
const sourceOf = (model: string): string => `decision:${model}`;

const writtenBy = (models: Iterable<OfferedModel>): Set<string> =>
  new Set([
    adviceLayer.slug,
    ...[...models].flatMap(({ definition }) => definition.writes.map(({ slug }) => slug)),
  ]);

/** Rows of a branch are `<model>/<place>#<id>`. */
const placeIn = (layer: string, key: string): string =>
  layer === adviceLayer.slug ? key : key.slice(0, key.indexOf('#'));

interface Shown {
  readonly run: DecisionRun;
  readonly advice: Advice;
  readonly place: string;
  readonly model: OfferedModel;
}

function headlineOf(
  { clock, isDemo, cityCode }: AdviceRowParts,
  { run, advice, place, model }: Shown,
): RowInput {
  const { definition } = model;
  const advised = advice.options.find(({ id }) => id === advice.advised.option) ?? null;
  return {
    ...{ key: place, validAt: run.at, regionCode: advice.place.region || cityCode },
    ...{ source: sourceOf(definition.slug), quality: 'estimated', synthetic: isDemo },
    values: {
      position: advice.place.position,
      model: definition.slug,
      name: `${definition.title.zh} · ${advice.place.title.zh}`.slice(0, 120),
      question: advice.question.zh,
      questionEn: advice.question.en,
      advised: advised ? `${advised.title.zh}：${advice.advised.why.zh}`.slice(0, 600) : null,
      advisedEn: advised ? `${advised.title.en}: ${advice.advised.why.en}`.slice(0, 900) : null,
      confidence: Math.round(advice.confidence.value * 100),
      state: stateOf(run, advice, clock.now()),
      headlines: advice.findings.slice(0, MOST_HEADLINES).map(headline),
      gaps:
        advice.gaps
          .map(({ what, used }) => `${what.zh}：${used.zh}`)
          .join('；')
          .slice(0, MOST_GAP_TEXT) || null,
      computedAt: wholeSecond(run.at),
      validUntil: wholeSecond(advice.validUntil),
      run: run.id,
    },
  };
}

/** As the column keeps it. */
const wholeSecond = (at: number): number => Math.round(at / 1000) * 1000;

function isShown({ world }: AdviceRowParts, place: string, run: string): boolean {
  const table = world.layers.get(adviceLayer.slug)?.table;
  const slot = table?.slotOf(place) ?? -1;
  return table !== undefined && slot >= 0 && table.row(slot).values['run'] === run;
}

function stateOf(run: DecisionRun, advice: Advice, now: number): string {
  if (run.adopted.length > 0) return 'adopted';
  if (run.dismissed) return 'dismissed';
  if (now > advice.validUntil) return 'expired';
  return run.changed ? 'changed' : 'current';
}

const headline = ({ title, value, unit }: Advice['findings'][number]): string =>
  `${title.zh} ${value === null ? '—' : `${Math.round(value * 100) / 100} ${units[unit].zh}`}`
    .trim()
    .slice(0, 200);

/** Rows of the run before that this one says nothing of have ended. */
function showBranch(parts: AdviceRowParts, { run, advice, place, model }: Shown): void {
  const { definition } = model;
  const keys = new Set(advice.branch.map(({ layer, id }) => `${layer} ${place}#${id}`));
  for (const { slug } of definition.writes)
    end(parts, slug, (key) =>
      placeIn(slug, key) === place && slug !== adviceLayer.slug && !keys.has(`${slug} ${key}`)
        ? 'superseded'
        : null,
    );
  for (const { layer, id, validAt, values } of advice.branch)
    put(parts, layer, {
      ...{
        key: `${place}#${id}`,
        validAt,
        issuedAt: run.at,
        regionCode: advice.place.region || parts.cityCode,
      },
      ...{ source: sourceOf(definition.slug), quality: 'estimated', synthetic: parts.isDemo },
      values,
    } as RowInput);
}

/** `isOver`: why the row of a key ends; null: it stands on. */
function end(
  { world }: AdviceRowParts,
  slug: string,
  isOver: (key: string) => 'gone' | 'superseded' | null,
): void {
  const table = world.layers.get(slug)?.table;
  if (!table) return;
  for (const { key } of [...table.rows()]) {
    const reason = isOver(key);
    if (reason) table.remove(table.slotOf(key), reason);
  }
}

/** What stands already is not said again: a restart is no news. */
function put({ world }: AdviceRowParts, slug: string, row: RowInput): void {
  const held = world.layers.get(slug);
  if (!held) throw new Error(`layer ${slug} is not loaded: see contracts/layers`);
  const slot = held.table.slotOf(row.key);
  if (slot >= 0 && isSame(held.table.row(slot), row)) return;
  held.table.put(row);
  held.batch.append(row);
}

function isSame(before: { readonly validAt: number; readonly values: object }, row: RowInput): boolean {
  const was = before.values as Readonly<Record<string, unknown>>;
  return (
    before.validAt === row.validAt &&
    Object.entries(row.values).every(
      ([name, value]) => JSON.stringify(was[name] ?? null) === JSON.stringify(value ?? null),
    )
  );
}
