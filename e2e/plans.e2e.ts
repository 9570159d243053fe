// A plan over the real pages: started from the card of an incident, its tasks are there with their clauses, one is done by its
// unit, the board and the report tell it; the roll is called and answered; the incident's end ends the plan.
import { randomUUID } from 'node:crypto';
import type { BrowserContext, Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { IncidentView } from '../contracts/records/incident-actions.ts';
import type { Task } from '../contracts/records/task.ts';
import { leaveMapOut, openBrowser, openPage, type Watched } from './kit/browser.ts';
import { post, RunningCity } from './kit/processes.ts';

const TITLE = '竹园河水上涨，低洼街区进水';
const REASON = '黄色预警，启动四级响应';

let city: RunningCity;
let browser: BrowserContext;
let desk: Watched;
let incident = 0;

beforeAll(async () => {
  city = await RunningCity.start({ scale: 0.01 });
  browser = await openBrowser({ width: 1600, height: 900 });
  await leaveMapOut(browser);
  const { incident: reported } = await act('/api/incidents', { kind: 'flood', title: TITLE });
  incident = reported.id;
  await act(`/api/incidents/${incident}/accept`, { seen: reported.seq });
  desk = await openPage(browser, `${city.url}/desk`);
});
afterAll(async () => {
  await browser?.close();
  await city?.stop();
});

const act = (path: string, said: object): Promise<IncidentView> =>
  post(`${city.url}${path}`, { action: randomUUID(), ...said }) as Promise<IncidentView>;
const test = (name: string): Locator => desk.page.locator(`[data-test=${name}]`);
const taskOf = async (step: string): Promise<Task> => {
  const answer = await fetch(`${city.url}/api/incidents/${incident}`);
  const { tasks } = ((await answer.json()) as IncidentView).incident;
  const found = tasks.find(({ plan }) => plan?.step === step);
  if (!found) throw new Error(`no task of step ${step}: ${tasks.map(({ text }) => text).join('; ')}`);
  return found;
};

it('is started from the card of an incident, and what the preview shows is given', async () => {
  const { page } = desk;
  await test('incident-queue').getByText(TITLE).click();
  const card = test('plan-start');
  await card.locator('[name=plan]').selectOption('flood-city');
  await card.locator('[name=level]').selectOption('IV');
  await card.locator('[data-test=plan-begin]').click();
  const dialog = test('plan-deed');
  await dialog.locator('[data-step=confer]').waitFor();
  const shown = await dialog.locator('[data-test=plan-gives] li').count();
  await dialog.locator('[name=reason]').fill(REASON);
  await dialog.getByRole('button', { name: '启动', exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.locator('[data-test=plan-gantt] [data-step=confer][data-state=open]').waitFor();
  expect(await page.locator('[data-test=plan-gantt] [data-step]').count()).toBeGreaterThanOrEqual(shown);
  await test('incident-tasks').locator('[data-test=task-clause]').first().waitFor();
});

it('shows a task that its unit has done as done, on the bars, on the board, and by clause', async () => {
  const { page } = desk;
  for (const [verb, said] of [
    ['receive', {}],
    ['start', {}],
    ['report', { text: '会商意见已报' }],
  ] as const) {
    const { id, seq } = await taskOf('confer');
    await act(`/api/tasks/${id}/${verb}`, { seen: seq, ...said });
  }
  await page.locator('[data-test=plan-gantt] [data-step=confer][data-state=done]').waitFor();
  await test('plan-progress').getByRole('button', { name: '按条款评估' }).click();
  await test('plan-conformance').getByText('3.1').first().waitFor();
  await page.getByRole('tab', { name: '任务', exact: true }).click();
  const { id } = await taskOf('patrol');
  const card = test('task-board').locator(`[data-task="${id}"]`);
  await card.waitFor();
  await test('task-board').locator('[data-at="0-0"]').focus();
  await page.keyboard.press('ArrowRight');
  expect(await page.evaluate(() => document.activeElement?.getAttribute('data-at'))).toBe('1-0');

  // What is chosen in the chart is chosen on the board too.
  await page.locator('#tab-below-plans').click();
  await test('plan-progress').getByRole('button', { name: '甘特图' }).click();
  const row = page.locator('[data-test=plan-gantt] [data-step=patrol]');
  await row.focus();
  await page.keyboard.press('Enter');
  await page.locator('[data-test=plan-gantt] [data-step=patrol][aria-selected=true]').waitFor();
  await page.locator('#tab-below-board').click();
  await test('task-board').locator(`[data-task="${id}"][aria-current=true]`).waitFor();
  await test('task-board').locator('[data-at="0-0"]').focus();
  await page.keyboard.press('Enter');
  await test('incident-card').waitFor();
});

it('has a headquarters, whose seat is handed over, and a roll that is called and answered', async () => {
  const { page } = desk;
  await page.getByRole('tab', { name: '指挥', exact: true }).click();
  const chief = test('headquarters').locator('[data-seat=chief]');
  await chief.getByRole('button', { name: '换人' }).click();
  await chief.locator('[name=name]').fill('王副市长');
  await chief.locator('[name=reason]').fill('到岗');
  await chief.getByRole('button', { name: '记录' }).click();
  await chief.getByText('王副市长').first().waitFor();
  const roll = test('roll');
  await roll.locator('form').first().getByRole('button', { name: '点名', exact: true }).click();
  const county = roll.locator('[data-centre="county:510802"]');
  await county.locator('[name=people]').fill('6');
  await county.locator('[data-state=ready]').click();
  await county.getByText('到位').first().waitFor();
  await test('roll-state').getByText('1/').waitFor();
  expect(desk.faults).toEqual([]);
});
