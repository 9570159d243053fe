// What towns are asked to acknowledge, as this page sees it: read while it is looked at, answered through the server's route.
import { shallowRef } from 'vue';
import type {
  Acknowledgement,
  AcknowledgementPage,
  AcknowledgementView,
  AckWay,
} from '../../contracts/records/acknowledgement.ts';
import { newAction } from './incidents.ts';
import { askJson, type Answer, type Refusal } from './operations.ts';

/** null until it was read. */
export const ackPage = shallowRef<AcknowledgementPage | null>(null);
export const ackRefusal = shallowRef<Refusal | null>(null);

export async function loadAcknowledgements(): Promise<void> {
  const answer = await askJson<AcknowledgementPage>('/api/acknowledgements');
  ackRefusal.value = answer.ok ? null : answer.refusal;
  if (answer.ok) ackPage.value = answer.value;
}

export async function acknowledgeFor(
  { id }: Pick<Acknowledgement, 'id'>,
  unit: string,
  way: Exclude<AckWay, 'system'>,
): Promise<Answer<AcknowledgementView>> {
  const said = { action: newAction(), unit, way, text: '' };
  const answer = await askJson<AcknowledgementView>(`/api/acknowledgements/${id}/answer`, said);
  await loadAcknowledgements();
  return answer;
}
