// A thread that runs decision models: loads one when it is first asked for, answers, and waits for the next.
import { parentPort } from 'node:worker_threads';
import { adviceSchema } from '../../contracts/records/advice.ts';
import type { DecisionDefinition, DecisionSnapshot } from '../kit/define-decision.ts';
import { DecisionFault, viewOf } from '../kit/define-decision.ts';
import type { RawRow } from '../kit/feed.ts';
import { rowFault } from '../kit/row-fault.ts';
import type { ModelAnswer } from './port.ts';

export interface AskedModel {
  readonly file: string;
  readonly snapshot: DecisionSnapshot;
  readonly params: unknown;
}
export type ToldByModel =
  | { readonly progress: number }
  | { readonly answer: ModelAnswer }
  | { readonly fault: string; readonly isSaid: boolean };

const port = parentPort;
if (!port) throw new Error('model-worker.ts: is a thread of the server, not a program: see model-pool.ts');

port.on('message', (asked: AskedModel) => {
  void answerOf(asked, (share) => port.postMessage({ progress: share } satisfies ToldByModel)).then(
    (answer) => port.postMessage({ answer } satisfies ToldByModel),
    (error: unknown) => port.postMessage(faultOf(error)),
  );
});

async function answerOf(
  { file, snapshot, params }: AskedModel,
  progress: (share: number) => void,
): Promise<ModelAnswer> {
  const { default: model } = (await import(file)) as { readonly default: DecisionDefinition };
  const { view, cited } = viewOf<never>(snapshot, progress);
  const parsed = adviceSchema.safeParse(model.assess(view, params, snapshot.now));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Error(`${model.slug}: its advice: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
  }
  checkBranch(model, parsed.data.branch);
  return { advice: parsed.data, cited: cited() };
}

/** @throws Error naming the row that is none of a layer it declared */
function checkBranch(model: DecisionDefinition, branch: ModelAnswer['advice']['branch']): void {
  for (const { layer: slug, id, validAt, values } of branch) {
    const layer = model.writes.find((one) => one.slug === slug);
    if (!layer) throw new Error(`${model.slug}: branch: ${slug} is not among its layers: add it to writes`);
    const fault = rowFault(layer, { id, validAt, values: values as RawRow['values'] });
    if (fault) throw new Error(`${model.slug}: branch: ${slug} ${id}: ${fault.detail}`);
  }
}

/** Sentences for people in both languages; anything else is a mistake of the model and named as such. */
function faultOf(error: unknown): ToldByModel {
  if (error instanceof DecisionFault) return { fault: `${error.words.zh} · ${error.words.en}`, isSaid: true };
  return { fault: error instanceof Error ? (error.stack ?? error.message) : String(error), isSaid: false };
}
