import { expect, test } from 'vitest';
import { worldKinds } from '../../contracts/wire.ts';
import { requireLive } from './outbound.ts';

test('only the live world reaches anybody outside', () => {
  const refused = worldKinds.filter((kind) => {
    try {
      requireLive({ id: 'w', kind, parent: null }, 'a notice');
      return false;
    } catch (error) {
      expect(error).toMatchObject({ code: 'world/not-live' });
      expect(String(error)).toContain('a notice of world w');
      return true;
    }
  });
  expect(refused).toEqual(['drill', 'demo', 'recording', 'branch']);
});
