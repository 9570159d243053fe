// People who are moved, and a warning that towns acknowledge: counted and answered on a phone, seen on the desk and on the wall.
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { leaveMapOut, openBrowser, openPage, type Watched } from './kit/browser.ts';
import { post, RunningCity } from './kit/processes.ts';

const TOWN = '510822103';
const VILLAGES = [`${TOWN}202`, `${TOWN}204`] as const;
/** Of the county: each has a post. */
const TOWNS = 20;
let city: RunningCity;
let browser: BrowserContext;
let phone: Watched;
let incident: number;

const test = (page: Page, name: string): Locator => page.locator(`[data-test=${name}]`);

beforeAll(async () => {
  city = await RunningCity.start({ scale: 0.01 });
  browser = await openBrowser({ width: 390, height: 844 });
  await leaveMapOut(browser);
  const said = {
    action: 'moves-e2e-report',
    kind: 'geo-hazard',
    title: '关庄镇地质灾害险情',
  };
  const begun = (await post(`${city.url}/api/incidents`, said)) as {
    incident: { id: number; seq: number };
  };
  incident = begun.incident.id;
  const { incident: accepted } = (await post(`${city.url}/api/incidents/${incident}/accept`, {
    ...{ action: 'moves-e2e-accept', seen: begun.incident.seq },
  })) as typeof begun;
  await post(`${city.url}/api/incidents/${incident}/tasks`, {
    ...{
      action: 'moves-e2e-task-1',
      seen: accepted.seq,
      unit: `town:${TOWN}`,
      text: '转移受威胁群众',
    },
    move: VILLAGES.map((place) => ({ place, people: 100 })),
  });
  phone = await openPage(browser, `${city.url}/field`);
});
afterAll(async () => {
  await browser?.close();
  await city?.stop();
});

it('counts who has left by village on a phone, without a network first', async () => {
  const { page } = phone;
  await page.locator('select[name=unit] option').nth(5).waitFor({ state: 'attached' });
  await page.locator('select[name=unit]').selectOption(`town:${TOWN}`);
  const task = test(page, 'field-task');
  for (const verb of ['receive', 'start']) await task.locator(`button[data-verb=${verb}]`).click();
  await browser.setOffline(true);
  await task.locator('button[data-verb=progress]').click();
  const form = test(page, 'evacuation-form');
  const [first, second] = VILLAGES.map((place) => form.locator(`[data-place="${place}"]`)) as [
    Locator,
    Locator,
  ];
  await first.locator('[name=moved]').fill('61');
  await first.locator('[name=refused]').fill('40');
  await form.getByRole('alert').waitFor();
  expect(await form.getByRole('button', { name: '上报进度' }).isDisabled()).toBe(true);
  await first.locator('[name=refused]').fill('27');
  await second.locator('[name=moved]').fill('100');
  await form.getByRole('button', { name: '上报进度' }).click();
  await task.locator(`[data-evacuation="${VILLAGES[0]}"]`).getByText('61%').waitFor();
  await browser.setOffline(false);
  const sums = async (): Promise<unknown> => {
    const answer = await fetch(`${city.url}/api/layers/evacuation?format=json`);
    const { rows } = (await answer.json()) as {
      rows: { values: { scope: string; moved: number } }[];
    };
    return rows.filter(({ values }) => values.scope === 'city').map(({ values }) => values);
  };
  await expect.poll(sums, { timeout: 30_000 }).toMatchObject([{ toMove: 200, moved: 161, refused: 27 }]);
  expect(phone.faults).toEqual([]);
});

it('acknowledges a warning on a phone, and the desk and the card of the warning count it', async () => {
  const { page } = phone;
  await post(`${city.feedsUrl}/control/inject`, {
    ...{
      kind: 'warning',
      event: '暴雨',
      colour: '红',
      counties: ['510822'],
      hours: 6,
    },
  });
  const ack = test(page, 'field-ack');
  await ack.first().waitFor({ timeout: 60_000 });
  await ack.first().getByRole('button').click();
  const asked = async (): Promise<unknown> => {
    const answer = await fetch(`${city.url}/api/acknowledgements`);
    const { acknowledgements } = (await answer.json()) as {
      acknowledgements: {
        severity: string;
        asked: object[];
        answers: { unit: string; way: string }[];
      }[];
    };
    return acknowledgements
      .filter(({ severity }) => severity === 'red')
      .map(({ asked: towns, answers }) => [
        towns.length,
        answers.some(({ unit, way }) => unit === `town:${TOWN}` && way !== 'phone'),
      ]);
  };
  await expect.poll(asked, { timeout: 30_000 }).toEqual([[TOWNS, true]]);
  expect(phone.faults).toEqual([]);
});

it('shows both on the desk', async () => {
  const desk = await openPage(browser, `${city.url}/desk`);
  const { page } = desk;
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.getByRole('tab', { name: '转移' }).click();
  const moves = test(page, 'evacuation');
  await moves.getByText('161').first().waitFor();
  await moves.locator(`[data-evacuation$="${VILLAGES[0]}"]`).getByText('61%').waitFor();
  await page.getByRole('tab', { name: '指令' }).click();
  await test(page, 'acknowledgements').locator('[data-test=ack-count]').first().waitFor();
  await page.getByRole('tab', { name: '待办' }).click();
  await test(page, 'card-acks').first().waitFor();
  expect(desk.faults).toEqual([]);
});
