// A rule at the desk: put out of work, tried on the past, put to work; then it raises, and its alert is acknowledged and shelved.
import type { BrowserContext, Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { leaveMapOut, openBrowser, openPage, type Watched } from './kit/browser.ts';
import { RunningCity } from './kit/processes.ts';

const RULE = 'fire-alarm-and-call';
/** A fire panel of cities/guangyuan/stations, and what the rule says of it. */
const PANEL = { id: 'panel-001', position: [105.8483, 32.4354] };
const TITLE = '消防控制室01 火灾报警且附近有 119 警情';

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

const test = (name: string): Locator => desk.page.locator(`[data-test=${name}]`);

interface Told {
  readonly alerts: readonly {
    readonly title: { readonly zh: string };
    readonly shelved: { readonly reason: string; readonly until: number } | null;
  }[];
}
const listed = async (state: string): Promise<Told['alerts']> =>
  ((await (await fetch(`${city.url}/api/alerts?state=${state}`)).json()) as Told).alerts.filter(({ title }) =>
    title.zh.includes(TITLE),
  );
const rowsOf = async (layer: string): Promise<string> =>
  (await fetch(`${city.url}/api/layers/${layer}?format=json&limit=1000`)).text();

async function turn(word: '启用' | '停用', reason: string): Promise<void> {
  const trial = test('rule-trial');
  await trial.getByRole('button', { name: word, exact: true }).click();
  await trial.locator('[name=reason]').fill(reason);
  await trial.locator('form .primary', { hasText: word }).click();
  await trial.locator(`[data-test=rule-state][data-on=${String(word === '启用')}]`).waitFor();
}

it('says nothing while it is out of work, and raises what stands once it is put to work', async () => {
  await desk.page.getByRole('tab', { name: '规则', exact: true }).click();
  await test('rule-trial').locator('[name=rule]').selectOption(RULE);
  await turn('停用', '演练前停用');
  await city.inject({ kind: 'call', channel: '119', position: PANEL.position, title: '烟雾报警' });
  await city.inject({ kind: 'fire-alarm', panelId: PANEL.id });
  await expect.poll(() => rowsOf('emergency-call')).toContain('烟雾报警');
  await expect.poll(() => rowsOf('fire-panel')).toContain('"alarm"');
  expect(await listed('open')).toEqual([]);
  await turn('启用', '演练');
  await test('alert-list').locator('li', { hasText: TITLE }).waitFor();
  expect(await listed('open')).toHaveLength(1);
  expect(await test('rule-state').innerText()).toContain('演练');
});

it('tells on the past that it would have fired', async () => {
  const trial = test('rule-trial');
  const fired = test('trial-result').locator('li', { hasText: TITLE });
  // What happened just now is in history with the next second that is kept.
  await expect
    .poll(async () => {
      await trial.getByRole('button', { name: '试算', exact: true }).click();
      await test('trial-result').waitFor();
      return fired.count();
    })
    .toBeGreaterThan(0);
});

it('is acknowledged and shelved on its line, with a reason and an end', async () => {
  const line = test('alert-list').locator('li', { hasText: TITLE });
  await line.press('a');
  await test('alert-list').locator('li.acknowledged', { hasText: TITLE }).waitFor();
  await line.press('s');
  await line.getByPlaceholder('原因或备注').fill('演练，已到场');
  await line.getByRole('button', { name: '提交', exact: true }).click();
  await test('alert-list').locator('li.shelved', { hasText: TITLE }).waitFor();
  expect(await listed('shelved')).toMatchObject([
    { shelved: { reason: '演练，已到场', until: expect.any(Number) as number } },
  ]);
  expect(desk.faults).toEqual([]);
});
