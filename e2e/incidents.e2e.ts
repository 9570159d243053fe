// A gas leak from the first ring to the archive over the real pages: the desk of the city, that of a county, a phone in the
// field, and the auditor who proves every step.
import { readFileSync } from 'node:fs';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { IncidentView } from '../contracts/records/incident-actions.ts';
import { leaveMapOut, openBrowser, openPage, type Watched } from './kit/browser.ts';
import { RunningCity } from './kit/processes.ts';

/** Of the call, as the caller said it. */
const TITLE = '燃气泄漏：住户闻到浓烈气味';
/** Fire panels of cities/guangyuan/stations, in the county of the second desk; the second one rings. */
const FIRST = { id: 'panel-001', position: [105.8483, 32.4354] };
const SECOND = { id: 'panel-002', position: [105.8487, 32.4346] };
const COUNTY = 'county:510802';
const TOWN = 'town:510802001';

let city: RunningCity;
let browser: BrowserContext;
let desk: Watched;

beforeAll(async () => {
  city = await RunningCity.start({ scale: 0.01 });
  browser = await openBrowser({ width: 1280, height: 800 });
  await leaveMapOut(browser);
  desk = await openPage(browser, `${city.url}/desk`);
});
afterAll(async () => {
  await browser?.close();
  await city?.stop();
});

const test = (page: Page, name: string): Locator => page.locator(`[data-test=${name}]`);

/** A page of somebody else: another name of the same machine has cookies of its own. They sign in by the menu of the page. */
async function openAs(account: string, path: string, size = { width: 1280, height: 800 }): Promise<Watched> {
  const own = city.url.replace('127.0.0.1', `${account}.localhost`);
  const watched = await openPage(browser, `${own}/field`);
  await watched.page.setViewportSize(size);
  await test(watched.page, 'account-chip').click();
  await Promise.all([
    watched.page.waitForResponse((answer) => answer.url().endsWith('/api/session/demo')),
    watched.page.locator(`[data-account=demo-${account}]`).click(),
  ]);
  await watched.page.waitForURL((url) => url.pathname !== '/field', { waitUntil: 'commit' });
  await watched.page.goto(`${own}${path}`);
  return watched;
}

/** A detector in alarm, and a call to 119 from there: both come as signed deliveries. */
async function alarmAndCall(panel: typeof FIRST, title: string): Promise<void> {
  await city.inject({ kind: 'call', channel: '119', position: panel.position, title });
  await city.inject({ kind: 'fire-alarm', panelId: panel.id });
}

/** Presses what the card offers, fills what it asks for, and waits for the stage it leads to. */
async function act(
  page: Page,
  verb: string,
  { filled = {}, stage }: { readonly filled?: Readonly<Record<string, string>>; readonly stage: string },
): Promise<void> {
  await test(page, 'incident-actions').locator(`.primary[data-verb=${verb}]`).click();
  const form = page.locator(`[data-test=action-form][data-verb=${verb}]`);
  for (const [name, value] of Object.entries(filled)) {
    const field = form.locator(`[name=${name}]`);
    const isChoice = (await field.evaluate(({ tagName }) => tagName)) === 'SELECT';
    await (isChoice ? field.selectOption(value) : field.fill(value));
  }
  await form.getByRole('button', { name: '提交' }).click();
  await form.waitFor({ state: 'detached' });
  await page.locator(`[data-test=incident-card][data-stage=${stage}]`).waitFor();
}

it('rings on the desk, and the officer makes an incident of the call and assigns it', async () => {
  const { page } = desk;
  const alerts = test(page, 'alert-list');
  // What stood before a page was opened does not ring: the first one is that.
  await alarmAndCall(FIRST, '烟雾报警');
  await alerts.locator('li', { hasText: '消防控制室01 火灾报警且附近有 119 警情' }).waitFor();
  await alarmAndCall(SECOND, TITLE);
  await alerts
    .locator('.heard')
    .getByText(/新告警.*消防控制室02 火灾报警且附近有 119 警情/)
    .waitFor();
  await alerts.locator('li', { hasText: '消防控制室02 火灾报警且附近有 119 警情' }).press('a');
  await alerts.locator('li.acknowledged', { hasText: '消防控制室02' }).waitFor();
  await page.keyboard.press('Control+k');
  await test(page, 'search').locator('input').fill(TITLE);
  await page.locator('[data-entry^="row:emergency-call/"]').first().click();
  await test(page, 'make-incident').click();
  await page.locator('[data-test=incident-card][data-stage=reported]').waitFor();
  await act(page, 'accept', { stage: 'accepted' });
  await act(page, 'grade', { stage: 'graded' });
  await act(page, 'assign', { filled: { unit: COUNTY }, stage: 'assigned' });
});

it('is handled by the county, and on the phone of the grid worker it gives a task to', async () => {
  const county = await openAs('county-center', '/desk');
  const { page } = county;
  await test(page, 'incident-queue').getByText(TITLE).click();
  await act(page, 'start', { stage: 'handling' });
  await test(page, 'give-task').click();
  const form = test(page, 'task-form');
  await form.locator('[name=unit]').selectOption(TOWN);
  await form.locator('[name=text]').fill('关阀、疏散、测浓度');
  await form.locator('[value=photo]').check();
  await form.getByRole('button', { name: '下达' }).click();
  await form.waitFor({ state: 'detached' });

  const phone = await openAs('grid-worker', '/field', { width: 390, height: 844 });
  const task = test(phone.page, 'field-task');
  await task.getByText('关阀、疏散、测浓度').waitFor();
  for (const verb of ['receive', 'start', 'report']) await task.locator(`[data-verb=${verb}]`).click();
  await task.locator('[name=text]').fill('已关阀，浓度为零');
  const photo = await phone.page.screenshot({ clip: { x: 0, y: 0, width: 60, height: 60 } });
  await test(phone.page, 'photo').setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: photo });
  await task.getByRole('button', { name: '提交反馈' }).click();
  await phone.page.locator('[data-test=field-task][data-state=reported]').waitFor();
  await test(phone.page, 'waiting').getByText('0', { exact: true }).waitFor();

  const told = test(page, 'incident-tasks').locator('[data-state=reported]');
  await told.getByRole('link', { name: '照片' }).waitFor();
  await told.getByRole('button', { name: '验收' }).click();
  await test(page, 'incident-tasks').locator('[data-state=accepted]').waitFor();
  await act(page, 'answer', { filled: { text: '阀门已关，复测合格' }, stage: 'answered' });
  expect([county.faults, phone.faults]).toEqual([[], []]);
  await phone.page.close();
  await page.close();
});

it('is checked, closed, rated and archived at the desk, and its case file comes as Word and PDF', async () => {
  const { page } = desk;
  await page.locator('[data-test=incident-card][data-stage=answered]').waitFor();
  await act(page, 'check', { filled: { text: '现场复核无误' }, stage: 'checked' });
  await act(page, 'close', { filled: { text: '办结' }, stage: 'closed' });
  await act(page, 'rate', { filled: { score: '5' }, stage: 'closed' });
  await act(page, 'archive', { stage: 'archived' });
  for (const [format, head] of [
    ['docx', 'PK'],
    ['pdf', '%PDF'],
  ] as const) {
    const download = page.waitForEvent('download');
    await test(page, 'paper-buttons').locator(`[data-format=${format}]`).click();
    const file = await download;
    expect(file.suggestedFilename()).toMatch(new RegExp(`\\.${format}$`));
    expect(readFileSync(await file.path()).toString('latin1', 0, head.length)).toBe(head);
  }
  expect(desk.faults).toEqual([]);
});

/** Each step, and who took it. */
const STEPS = [
  'report demo',
  'accept demo',
  'grade demo',
  'assign demo',
  'start demo-county-center',
  'task-give demo-county-center',
  'task-receive demo-grid-worker',
  'task-start demo-grid-worker',
  'task-report demo-grid-worker',
  'task-accept demo-county-center',
  'answer demo-county-center',
  'check demo',
  'close demo',
  'rate demo',
  'archive demo',
];

it('is proven by the auditor: every chain holds, and each step stands in it once, in the order of time', async () => {
  const { incidents } = (await (await fetch(`${city.url}/api/incidents`)).json()) as {
    incidents: { id: number; no: string; title: string }[];
  };
  const [{ id = 0, no = '' } = {}] = incidents.filter(({ title }) => title === TITLE);
  const answer = await fetch(`${city.url}/api/incidents/${id}`);
  const { incident } = (await answer.json()) as IncidentView;
  expect(incident.kind).toBe('gas-leak');
  expect(incident.log.map(({ verb, by }) => `${verb} ${by}`)).toEqual(STEPS);
  expect(incident.tasks.map(({ report }) => report?.files.length)).toEqual([1]);

  const auditor = await openAs('auditor', '/audit');
  const proof = test(auditor.page, 'proof');
  await proof.locator('[name=case]').fill(no);
  await proof.getByRole('button', { name: '校验哈希链' }).click();
  await proof.locator('[data-holds=true]').waitFor();
  for (const log of ['live', 'audit'])
    expect(await proof.locator(`[data-log=${log}]`).innerText()).toContain('完好');
  const rows = await test(auditor.page, 'case-steps')
    .locator('tbody tr')
    .evaluateAll((all) =>
      all.map((row) => ({
        step: `${row.getAttribute('data-verb')} ${row.lastElementChild?.textContent}`,
        seq: Number(row.firstElementChild?.textContent),
      })),
    );
  expect(rows.map(({ step }) => step)).toEqual(STEPS);
  expect(rows.map(({ seq }) => seq)).toEqual(incident.log.map(({ seq }) => seq));
  for (const name of ['seq', 'knownAt', 'happenedAt'] as const) {
    const told = incident.log.map((line) => line[name]);
    expect([name, told]).toEqual([name, [...told].sort((a, b) => a - b)]);
  }
  expect(auditor.faults).toEqual([]);
});
