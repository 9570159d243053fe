// Options of the incident that is open, as the server lays them side by side; and the choice between them.
import { shallowRef } from 'vue';
import type { OptionChoice, OptionPage } from '../../contracts/records/option.ts';
import { citedNow, viewNow } from './evidence.ts';
import { askJson, type Answer, type Refusal } from './operations.ts';

/** null: no incident is open, or it was not read yet. */
export const optionPage = shallowRef<OptionPage | null>(null);
export const optionsRefusal = shallowRef<Refusal | null>(null);

let wanted: number | null = null;

/** null: no incident is open. */
export async function loadOptions(incident: number | null): Promise<void> {
  if (wanted !== incident) optionPage.value = null;
  wanted = incident;
  if (incident === null) return;
  const answer = await askJson<OptionPage>(`/api/options/${incident}`);
  if (wanted !== incident) return;
  optionsRefusal.value = answer.ok ? null : answer.refusal;
  if (answer.ok) optionPage.value = answer.value;
}

/** @param said.action made once for what somebody means once */
export async function chooseOption(
  { sheet }: OptionPage,
  said: { readonly chosen: string; readonly reason: string; readonly action: string },
): Promise<Answer<OptionChoice>> {
  const evidence = { rows: citedNow(), view: viewNow() };
  const answer = await askJson<OptionChoice>(`/api/options/${sheet.incident}`, {
    ...{ ...said, ...evidence, sheet: sheet.hash },
  });
  await loadOptions(wanted);
  return answer;
}
