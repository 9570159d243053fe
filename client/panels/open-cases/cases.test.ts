import { describe, expect, it } from 'vitest';
import { emergencyCall } from '../../../contracts/layers/emergency-call.ts';
import { ticket } from '../../../contracts/layers/ticket.ts';
import { LayerTable } from '../../../contracts/table.ts';
import { countCalls, countTickets } from './cases.ts';

const NOW = Date.UTC(2026, 6, 15);
const head = { regionCode: '', quality: 'good', source: 'feed', synthetic: false } as const;

describe('open cases', () => {
  it('count calls by channel, without the closed ones', () => {
    const table = new LayerTable(emergencyCall);
    const none = { position: null, kind: null, title: null, severity: null, address: null, acceptedAt: null };
    const calls = [
      ['110', 'ringing'],
      ['110', 'arrived'],
      ['120', 'closed'],
      ['119', null],
    ] as const;
    for (const [i, [channel, status]] of calls.entries()) {
      table.put({ ...head, key: `${i}`, validAt: NOW + i, values: { ...none, channel, status } });
    }
    expect(countCalls(table)).toEqual({ total: 3, police: 2, fire: 1, ambulance: 0, newestAt: NOW + 3 });
  });
  it('call a ticket overdue after its deadline, never without one', () => {
    const table = new LayerTable(ticket);
    const none = {
      position: null,
      title: null,
      category: null,
      categoryCode: null,
      channel: null,
      unit: null,
    };
    const more = {
      acceptAt: null,
      satisfaction: null,
      callbacks: null,
      urgent: null,
      repeat: null,
      text: null,
    };
    const tickets = [
      ['handling', NOW - 1000],
      ['handling', null],
      ['closed', NOW - 1000],
    ] as const;
    for (const [i, [status, deadlineAt]] of tickets.entries()) {
      table.put({ ...head, key: `${i}`, validAt: NOW, values: { ...none, ...more, status, deadlineAt } });
    }
    expect(countTickets(table, NOW)).toEqual({ total: 2, overdue: 1, newestAt: NOW });
  });
  it('say nothing of an age without rows', () => {
    expect(countCalls(null).newestAt).toBeNull();
    expect(countTickets(null, NOW)).toEqual({ total: 0, overdue: 0, newestAt: null });
  });
});
