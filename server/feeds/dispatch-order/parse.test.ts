import { describe, expect, it } from 'vitest';
import { dispatchOrder } from '../../../contracts/layers/dispatch-order.ts';
import { createCollectingSink } from '../../kit/collecting-sink.ts';
import { parseDispatchOrders } from './parse.ts';

const order = {
  orderNo: 'no-1',
  reservoir: 'baozhusi',
  issuedAt: '2026-07-16T13:00:00+08:00',
  status: 'issued',
};
const station = (_: string, id: string) =>
  id === 'baozhusi' ? { name: '宝珠寺', lon: '105.622', lat: '32.512' } : null;

function read(item: unknown) {
  const sink = createCollectingSink();
  parseDispatchOrders(new TextEncoder().encode(JSON.stringify({ items: [item] })), { sink, station });
  return sink;
}

describe('parseDispatchOrders', () => {
  it('places an order at its reservoir', () => {
    const [row] = read(order).rowsOf(dispatchOrder);
    expect(row?.values).toMatchObject({ position: [105.622, 32.512], reservoir: '宝珠寺', status: 'issued' });
  });

  it('an unknown reservoir keeps its name and has no place', () => {
    const [row] = read({ ...order, reservoir: 'elsewhere' }).rowsOf(dispatchOrder);
    expect(row?.values).toMatchObject({ position: null, reservoir: 'elsewhere' });
  });

  it('a later status of the same moment is a higher revision', () => {
    const issued = read(order).rowsOf(dispatchOrder)[0];
    const done = read({ ...order, status: 'done' }).rowsOf(dispatchOrder)[0];
    expect(done?.validAt).toBe(issued?.validAt);
    expect(done?.revision).toBeGreaterThan(issued?.revision ?? NaN);
  });

  it('an unreadable time rejects the order', () => {
    expect(read({ ...order, to: 'tomorrow' }).rejects[0]?.code).toBe('record/time');
  });
});
