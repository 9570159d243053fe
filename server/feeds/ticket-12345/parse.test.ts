import { describe, expect, it } from 'vitest';
import { ticket } from '../../../contracts/layers/ticket.ts';
import { createCollectingSink } from '../../kit/collecting-sink.ts';
import { parseTickets } from './parse.ts';

const change = {
  caseId: 'c1',
  changedAt: '2026-07-16T14:20:00+08:00',
  status: 'accepted',
  urgent: true,
  lon: 105.8,
  lat: 32.4,
};

function read(body: unknown) {
  const sink = createCollectingSink();
  const page = parseTickets(new TextEncoder().encode(JSON.stringify(body)), sink);
  return { sink, page };
}

describe('parseTickets', () => {
  it('maps a change and says where to go on', () => {
    const { sink, page } = read({ items: [change], next: null });
    expect(sink.rowsOf(ticket)[0]?.values).toMatchObject({ status: 'accepted', urgent: 'yes', repeat: null });
    expect(page).toEqual({ count: 1, cursor: { since: change.changedAt, after: 'c1' }, more: false });
  });

  it('a bad last item moves the cursor on all the same', () => {
    const { sink, page } = read({ items: [change, { ...change, caseId: 'c2', status: 'lost' }], next: {} });
    expect(sink.rejects).toHaveLength(1);
    expect(page.cursor?.after).toBe('c2');
    expect(page.more).toBe(true);
  });

  it('an empty page has no cursor', () => {
    expect(read({ items: [], next: null }).page).toEqual({ count: 0, cursor: null, more: false });
  });

  it('a ticket without a place has none', () => {
    const { sink } = read({ items: [{ ...change, lon: null }] });
    expect(sink.rowsOf(ticket)[0]?.values.position).toBeNull();
  });
});
