// Saying once more who somebody is: the server asks for it before what is sensitive. Whoever asked waits for the answer of
// the person; the dialog is of client/screens.
import { shallowRef } from 'vue';

/** What waits; null: nothing is asked. */
export const stepUpAsked = shallowRef<{ readonly answered: Promise<boolean> } | null>(null);
let settle: ((isConfirmed: boolean) => void) | null = null;

/** → whether they said who they are. What is asked meanwhile waits for the same answer. */
export function askStepUp(): Promise<boolean> {
  if (stepUpAsked.value) return stepUpAsked.value.answered;
  const answered = new Promise<boolean>((resolve) => (settle = resolve));
  stepUpAsked.value = { answered };
  return answered;
}

/** false: it was left. */
export function settleStepUp(isConfirmed: boolean): void {
  stepUpAsked.value = null;
  settle?.(isConfirmed);
  settle = null;
}

/** @param response of the server; its body can still be read */
export async function asksStepUp(response: Response): Promise<boolean> {
  if (response.status !== 401) return false;
  const said = (await response
    .clone()
    .json()
    .catch(() => null)) as { readonly code?: string } | null;
  return said?.code === 'access/step-up';
}
