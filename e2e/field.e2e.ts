// A phone in the field: what is said without a network, or whose answer is lost, reaches the server once and only once; the
// page itself opens without one.
import type { BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser, openPage, until, type Watched } from './kit/browser.ts';
import { RunningCity } from './kit/processes.ts';

let city: RunningCity;
let browser: BrowserContext;
let phone: Watched;

beforeAll(async () => {
  city = await RunningCity.start({ scale: 0.02 });
  browser = await openBrowser({ width: 390, height: 844 });
  phone = await openPage(browser, `${city.url}/field`);
});
afterAll(async () => {
  await browser?.close();
  await city?.stop();
});

interface Listed {
  readonly incidents: readonly { readonly id: number; readonly title: string; readonly reportedAt: number }[];
}
const listed = async (): Promise<Listed['incidents']> =>
  ((await (await fetch(`${city.url}/api/incidents`)).json()) as Listed).incidents;

async function post(address: string, body: object): Promise<{ incident: { id: number; seq: number } }> {
  const answer = await fetch(`${city.url}${address}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ action: crypto.randomUUID(), ...body }),
  });
  expect([address, answer.status]).toEqual([address, 201]);
  return (await answer.json()) as { incident: { id: number; seq: number } };
}

it('reports without a network, and the server has exactly one when it is back, though the first answer is lost', async () => {
  const { page } = phone;
  const waiting = page.locator('[data-test=waiting]');
  await page.locator('select[name=unit] option').nth(5).waitFor({ state: 'attached' });
  await browser.setOffline(true);
  await page.locator('[data-test=page-report]').click();
  await page.locator('[name=title]').fill('井盖缺失');
  await page.locator('[name=place]').fill('蜀门北路');
  const photo = await page.screenshot({ clip: { x: 0, y: 0, width: 60, height: 60 } });
  await page
    .locator('[data-test=photo]')
    .setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: photo });
  await page.locator('[data-test=new-report] img').waitFor();
  await page.getByRole('button', { name: '上报', exact: true }).click();
  await waiting.getByText('1', { exact: true }).waitFor();
  await page.locator('[data-test=no-network]').waitFor();
  expect(await listed()).toEqual([]);

  let reports = 0;
  await page.route('**/api/incidents', async (route) => {
    if (route.request().method() !== 'POST') return route.fallback();
    reports += 1;
    const answer = await route.fetch();
    // The server has done it, and nobody hears of it.
    return reports === 1 ? route.abort() : route.fulfill({ response: answer });
  });
  const isLost = page.waitForEvent('requestfailed', (request) => request.url().endsWith('/api/incidents'));
  await browser.setOffline(false);
  await isLost;
  // What waits outlives the page.
  await page.reload();
  await waiting.getByText('0', { exact: true }).waitFor();
  await page.unroute('**/api/incidents');
  expect(reports).toBe(2);
  const found = await listed();
  expect(found.map(({ title }) => title)).toEqual(['井盖缺失']);
  const { incident } = (await (await fetch(`${city.url}/api/incidents/${found[0]?.id}`)).json()) as {
    incident: { channel: string; log: { files: { type: string }[]; happenedAt: number; knownAt: number }[] };
  };
  expect(incident).toMatchObject({ channel: 'field', log: [{ files: [{ type: 'image/jpeg' }] }] });
  expect(phone.faults).toEqual([]);
});

it('receives, begins and reports a task without a network, in order', async () => {
  const { page } = phone;
  const [found] = await listed();
  const { incident } = await post(`/api/incidents/${found?.id}/accept`, { seen: found?.id });
  const unit = await page.locator('select[name=unit] option').nth(3).getAttribute('value');
  await post(`/api/incidents/${incident.id}/tasks`, {
    seen: incident.seq,
    unit,
    text: '设置围挡',
    proof: ['note'],
  });
  await page.locator('[data-test=page-tasks]').click();
  await page.locator('select[name=unit]').selectOption(unit);
  const task = page.locator('[data-test=field-task]');
  await task.getByText('设置围挡').waitFor();
  await browser.setOffline(true);
  for (const verb of ['receive', 'start', 'report']) await task.locator(`[data-verb=${verb}]`).click();
  await task.locator('[name=text]').fill('已围挡');
  await task.getByRole('button', { name: '提交反馈' }).click();
  await page.locator('[data-test=waiting]').getByText('3', { exact: true }).waitFor();
  await browser.setOffline(false);
  await page.locator('[data-test=page-outbox]').click();
  await page.locator('[data-test=waiting]').getByText('0', { exact: true }).waitFor();
  const { tasks } = (await (await fetch(`${city.url}/api/tasks?incident=${incident.id}`)).json()) as {
    tasks: { task: { state: string; report: { text: string } } }[];
  };
  expect(tasks).toMatchObject([{ task: { state: 'reported', report: { text: '已围挡' } } }]);
  expect(phone.faults).toEqual([]);
});

const keptPaths = (): Promise<string[]> =>
  phone.page.evaluate(async () => {
    const kept = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
    const requests = await Promise.all(kept.map((cache) => cache.keys()));
    return requests.flat().map(({ url }) => new URL(url).pathname);
  });

it('opens without a network: says since when, shows the tasks it knew with their age, and sends what was said there', async () => {
  const { page } = phone;
  await until(page, () => navigator.serviceWorker.controller !== null, undefined);
  const failed: string[] = [];
  page.on('requestfailed', (request) => failed.push(new URL(request.url()).pathname));
  const unit = page.locator('select[name=unit] option:checked');
  const name = await unit.innerText();
  await browser.setOffline(true);
  await page.reload();
  await page.locator('[data-test=no-network]').getByText('离线', { exact: true }).waitFor();
  expect(await page.locator('[data-test=offline-since]').innerText()).toMatch(
    /^自 \d\d:\d\d · \d+ [秒分]前$/,
  );
  expect(await page.locator('[data-test=tasks-age]').innerText()).toMatch(/\d\d:\d\d · \d+ [秒分]前$/);
  await page.locator('[data-test=field-task]').getByText('设置围挡').waitFor();
  expect(await unit.innerText()).toBe(name);
  await page.locator('header').getByText('演示数据', { exact: true }).waitFor();
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  // Scripts, styles, and the glyphs of all that is said.
  expect(failed.filter((path) => !path.startsWith('/api/'))).toEqual([]);

  await page.locator('[data-test=page-report]').click();
  await page.locator('[name=title]').fill('路灯不亮');
  await page.locator('[name=place]').fill('蜀门南路');
  await page.getByRole('button', { name: '上报', exact: true }).click();
  await page.locator('[data-test=waiting]').getByText('1', { exact: true }).waitFor();
  // What the interface answered is never kept beside the page: nothing old can be taken for live.
  expect((await keptPaths()).filter((path) => path !== '/field' && !path.startsWith('/assets/'))).toEqual([]);

  await browser.setOffline(false);
  await page.locator('[data-test=waiting]').getByText('0', { exact: true }).waitFor();
  await page.locator('[data-test=no-network]').waitFor({ state: 'detached' });
  expect((await listed()).map(({ title }) => title).toSorted()).toEqual(['井盖缺失', '路灯不亮']);
  expect(phone.faults).toEqual([]);
});

it('answers a call and a roll-call without a network, and each reaches the server once, though an answer is lost', async () => {
  const { page } = phone;
  const unit = await page.locator('select[name=unit]').inputValue();
  await page.locator('[data-test=page-tasks]').click();
  const made = async (path: string, said: object): Promise<{ id: number }> => {
    const answer = await fetch(`${city.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ action: crypto.randomUUID(), ...said }),
    });
    expect([path, answer.status]).toEqual([path, 201]);
    return (await answer.json()) as { id: number };
  };
  await page.locator('select[name=unit]').selectOption('county:510802');
  const county = 'county:510802';
  const { id } = await made('/api/calls', {
    ...{ kind: 'meeting', units: [county], text: '防汛会商', address: 'https://meet.example/1' },
  });
  await made('/api/roll-calls', { scope: 'centres', area: '510800', withinMin: 10, text: '应急点名' });
  const call = page.locator(`[data-test=field-call][data-call="${id}"]`);
  const roll = page.locator('[data-test=field-roll]');
  await call.waitFor();
  await roll.waitFor();
  // It is a demonstration: the address is said, and joins nothing.
  expect(await call.locator('a').count()).toBe(0);
  await browser.setOffline(true);
  await call.locator('[data-answer=coming]').click();
  await call.getByText('已应答，本机已记，待发送').waitFor();
  await roll.locator('[name=people]').fill('7');
  await roll.locator('[data-state=ready]').click();
  await page.locator('[data-test=waiting]').getByText('2', { exact: true }).waitFor();
  let asked = 0;
  await page.route('**/answer*', async (route) => {
    asked += 1;
    const answer = await route.fetch();
    return asked === 1 ? route.abort() : route.fulfill({ response: answer });
  });
  await browser.setOffline(false);
  await page.locator('[data-test=waiting]').getByText('0', { exact: true }).waitFor();
  await page.unroute('**/answer*');
  await call.waitFor({ state: 'detached' });
  await roll.waitFor({ state: 'detached' });
  expect(asked).toBe(3);
  const { calls } = (await (await fetch(`${city.url}/api/calls`)).json()) as {
    calls: { members: { answer: string }[] }[];
  };
  expect(calls.map(({ members }) => members.map(({ answer }) => answer))).toEqual([['coming']]);
  const { calls: rolls } = (await (await fetch(`${city.url}/api/headquarters`)).json()) as {
    calls: { answers: { unit: string; people: number; isLate: boolean }[] }[];
  };
  expect(rolls[0]?.answers).toMatchObject([{ unit: county, people: 7, isLate: false }]);
  await page.locator('select[name=unit]').selectOption(unit);
  expect(phone.faults).toEqual([]);
});
