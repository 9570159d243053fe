import { afterEach, expect, test, vi } from 'vitest';
import { board, boardDays, boardRefusal, loadBoard } from './incident-board.ts';

afterEach(() => vi.unstubAllGlobals());

test('however often it is asked for, one question is on its way and one waits; the last answer counts', async () => {
  const asked: string[] = [];
  const answers: (() => void)[] = [];
  vi.stubGlobal('fetch', (url: string) => {
    asked.push(url);
    const body = JSON.stringify({ to: asked.length });
    const response = new Response(body, { headers: { 'content-type': 'application/json' } });
    return new Promise((resolve) => answers.push(() => resolve(response)));
  });
  const first = loadBoard();
  boardDays.value = 7;
  void loadBoard();
  void loadBoard();
  expect(asked).toEqual(['/api/incidents/board?days=30']);
  answers[0]?.();
  await expect.poll(() => asked).toHaveLength(2);
  answers[1]?.();
  await first;
  expect(asked[1]).toBe('/api/incidents/board?days=7');
  expect(board.value?.to).toBe(2);
});

test('what was refused is told, and what was known stays', async () => {
  const before = board.value;
  const response = () =>
    new Response('{"message":"no"}', { status: 403, headers: { 'content-type': 'application/json' } });
  vi.stubGlobal('fetch', () => Promise.resolve(response()));
  await loadBoard();
  expect(boardRefusal.value?.detail).toBe('no');
  expect(board.value).toBe(before);
});
