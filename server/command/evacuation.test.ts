import { expect, test } from 'vitest';
import { sumOfMoves } from '../../contracts/records/evacuation.ts';
import { countedPlaces, placesOf, placesToMove } from './evacuation.ts';

const city = {
  towns: [{ code: '990102200', name: '林场乡', en: 'Linchang', countyCode: '990102', lon: 84.5, lat: 41 }],
  villages: [
    { code: '990102200201', name: '上沟村', en: 'Shanggou', lon: 84.51, lat: 41.01 },
    { code: '990102200202', name: '下沟村', en: 'Xiagou', lon: 84.52, lat: 41.02 },
  ],
};
const place = placesOf(city);
const [up, down] = ['990102200201', '990102200202'] as const;

test('a unit moves people of its own places, a department those of any', () => {
  const asked = [{ place: up, people: 120 }];
  expect(placesToMove(asked, { place, own: '990102200' })).toEqual([
    {
      ...{ place: up, name: { zh: '上沟村', en: 'Shanggou' }, position: [84.51, 41.01] },
      ...{ toMove: 120, moved: 0, refused: 0, countedAt: null },
    },
  ]);
  expect(placesToMove(asked, { place, own: undefined })).toHaveLength(1);
  expect(() => placesToMove(asked, { place, own: '990101' })).toThrow('no place of 990101');
  expect(() => placesToMove([{ place: '990102299', people: 1 }], { place, own: undefined })).toThrow(
    'no town and no village',
  );
});

test('a count changes the places it names, and never says more than are there', () => {
  const move = placesToMove(
    [
      { place: up, people: 100 },
      { place: down, people: 80 },
    ],
    { place, own: '990102' },
  );
  const first = countedPlaces(move, [{ place: up, moved: 61, refused: 9 }], 5);
  expect(first.map(({ moved, refused, countedAt }) => [moved, refused, countedAt])).toEqual([
    [61, 9, 5],
    [0, 0, null],
  ]);
  expect(sumOfMoves(first)).toEqual({ toMove: 180, moved: 61, refused: 9, percent: 33.9, countedAt: null });
  const next = countedPlaces(first, [{ place: down, moved: 90, refused: 0, toMove: 90 }], 7);
  expect(sumOfMoves(next)).toEqual({ toMove: 190, moved: 151, refused: 9, percent: 79.5, countedAt: 5 });
  expect(() => countedPlaces(move, [{ place: down, moved: 80, refused: 1 }], 7)).toThrow('下沟村');
  expect(() => countedPlaces(move, [{ place: '990102200203', moved: 1, refused: 0 }], 7)).toThrow(
    'no place this task moves',
  );
});
