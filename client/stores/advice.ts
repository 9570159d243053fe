// What decision models advise, as this page sees it: the headline rows of the layer follow the time cursor, the run behind a row
// is asked of the server. At a past moment that is the run that stood then.
import { computed, shallowRef, watch, type WatchHandle } from 'vue';
import { advice as adviceLayer } from '../../contracts/layers/advice.ts';
import type { Title } from '../../contracts/column.ts';
import type { Row } from '../../contracts/layer.ts';
import type {
  AdviceSeries,
  DecisionModel,
  DecisionPage,
  DecisionRun,
} from '../../contracts/records/advice.ts';
import { citedNow, viewNow } from './evidence.ts';
import { newAction } from './incidents.ts';
import { mirrors, tableOf } from './layers.ts';
import { crisis } from './mode.ts';
import { askJson, type Answer, type Refusal } from './operations.ts';
import { cityNow } from './time.ts';

export type AdviceRow = Row<(typeof adviceLayer)['columns']>;

/** While a run goes on it is asked again each so often, milliseconds of the city's clock. */
const AGAIN_MS = 2000;
const SLOWLY_MS = 30_000;

/** null until it was read. */
export const decisions = shallowRef<DecisionPage | null>(null);
export const decisionsRefusal = shallowRef<Refusal | null>(null);
/** The run behind the row that is shown; null: none was read. */
export const shownRun = shallowRef<DecisionRun | null>(null);
/** Key of the row that people chose; null: the newest one. */
export const chosenAdvice = shallowRef<string | null>(null);

/** Headlines as of the cursor, newest first. */
export const adviceRows = computed<readonly AdviceRow[]>(() => {
  const table = tableOf(adviceLayer);
  return table
    ? [...table.rows()].sort((a, b) => (b.values.computedAt ?? 0) - (a.values.computedAt ?? 0))
    : [];
});
/** In a crisis what its responses are about: how a river is to be led helps nobody beside a cloud of gas. */
export function fitsCrisis(
  row: Pick<AdviceRow, 'values'>,
  responses: readonly string[],
  models: readonly Pick<DecisionModel, 'slug' | 'kinds'>[],
): boolean {
  if (responses.length === 0 || models.length === 0) return true;
  const { kinds = [] } = models.find(({ slug }) => slug === row.values.model) ?? {};
  return responses.some((response) => kinds.includes(response.split(' ')[0] ?? ''));
}
export const shownAdvice = computed<AdviceRow | null>(() => {
  const rows = adviceRows.value;
  const chosen = rows.find(({ key }) => key === chosenAdvice.value);
  const [responses, models] = [crisis.value?.responses ?? [], decisions.value?.models ?? []];
  return chosen ?? rows.find((row) => fitsCrisis(row, responses, models)) ?? null;
});
export const shownModel = computed<DecisionModel | null>(
  () => decisions.value?.models.find(({ slug }) => slug === shownAdvice.value?.values.model) ?? null,
);

export async function loadDecisions(): Promise<void> {
  const answer = await askJson<DecisionPage>('/api/decisions');
  decisionsRefusal.value = answer.ok ? null : answer.refusal;
  if (answer.ok) decisions.value = answer.value;
}

let wanted = '';

async function loadRun(): Promise<void> {
  const { model, run } = shownAdvice.value?.values ?? {};
  wanted = model && run ? `${model}/runs/${run}` : '';
  const asked = wanted;
  if (asked === '') {
    shownRun.value = null;
    return;
  }
  const answer = await askJson<DecisionRun>(`/api/decisions/${asked}`);
  // What was asked before the cursor went on is not shown.
  if (asked === wanted) shownRun.value = answer.ok ? answer.value : null;
}

const isBusy = computed(() => decisions.value?.models.some(({ waiting }) => waiting > 0) ?? false);
const moved = computed(() =>
  [
    Math.floor(cityNow.value / (isBusy.value ? AGAIN_MS : SLOWLY_MS)),
    mirrors.get(adviceLayer.slug)?.version.value ?? 0,
  ].join(' '),
);

/** The run behind the row that is shown, whenever that is another; ends with the component that asks. */
export const followRun = (): WatchHandle =>
  watch(
    () => [shownAdvice.value?.values.run, shownAdvice.value?.values.state].join(' '),
    () => void loadRun(),
    { immediate: true },
  );

/** Models with what goes on; ends with the component that asks. */
export const followDecisions = (): WatchHandle =>
  watch(moved, () => void loadDecisions(), { immediate: true });

/** The way one option goes from the moment of its run on, at the place that is asked about first. */
export interface BranchCourse {
  readonly option: string;
  readonly name: Title;
  /** [epoch ms, value], rising. */
  readonly points: readonly (readonly [at: number, value: number])[];
  readonly peak: readonly [at: number, value: number] | null;
  readonly unit: string;
}

/** Options as they go on at one place; none where nothing was worked out, or where it holds no longer. */
function coursesAt(isMeant: (series: AdviceSeries) => boolean): readonly BranchCourse[] {
  const advice = shownRun.value?.advice;
  if (!advice || cityNow.value > advice.validUntil) return [];
  return advice.series
    .filter((one) => !one.observed && isMeant(one))
    .map(({ option, points, peak, unit }) => ({
      ...{ option, unit, peak },
      name: advice.options.find(({ id }) => id === option)?.title ?? { zh: option, en: option },
      points: points.map(([at = 0, value = 0]) => [at, value] as const),
    }));
}

/** At the place that is asked about first. */
export const branches = computed<readonly BranchCourse[]>(() => {
  // A gauge that has not reported yet has no course behind it, but one ahead.
  const first = shownRun.value?.advice?.series.find(({ observed }) => !observed)?.of;
  return coursesAt(({ of }) => of === first);
});

/** At the gauge or reservoir of that name, as the layers say it. */
export const branchesOf = (name: string): readonly BranchCourse[] =>
  coursesAt(({ title }) => title.zh === name);

export type RunAnswer = Answer<DecisionRun>;

async function decided(path: string, said: object): Promise<RunAnswer> {
  const answer = await askJson<DecisionRun>(`/api/decisions/${path}`, said);
  if (answer.ok) shownRun.value = answer.value.seq === null ? shownRun.value : answer.value;
  await loadDecisions();
  return answer;
}

export const startRun = (model: string, params: object): Promise<RunAnswer> =>
  decided(`${model}/runs`, { action: newAction(), params });
export const cancelRun = (model: string, id: string): Promise<RunAnswer> =>
  decided(`${model}/runs/${id}/cancel`, {});

export interface Adopting {
  readonly option: string;
  readonly incident: number;
  readonly reason: string;
  /** Whoever adopts was told that the inputs have changed. */
  readonly anyway: boolean;
}

export const adoptOption = ({ model, id, inputs }: DecisionRun, said: Adopting): Promise<RunAnswer> =>
  decided(`${model}/runs/${id}/adopt`, {
    ...{ ...said, action: newAction(), inputs },
    ...{ rows: citedNow(), view: viewNow() },
  });
export const dismissRun = ({ model, id }: DecisionRun, reason: string): Promise<RunAnswer> =>
  decided(`${model}/runs/${id}/dismiss`, { action: newAction(), reason });
