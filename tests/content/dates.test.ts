// Dates as people write them.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateReader, isFuture, momentIn } from '../../src/content/dates.js';

const inSeoul = dateReader('Asia/Seoul');

describe('a day', () => {
  it.each([
    '2019-02-05',
    '2019/02/05',
    '2019.02.05',
    '2019-2-5',
    ' 2019-02-05 ',
    'Feb 05 2019',
    'Feb 5, 2019',
    'Feb. 5, 2019',
    'February 5, 2019',
    'february 5th 2019',
    'Tuesday, February 5, 2019',
    'Tue Feb 05 2019',
    '5 Feb 2019',
    '05 February, 2019',
  ])('is read from %j', (text) => {
    expect(inSeoul(text)).toEqual({ date: '2019-02-05' });
  });

  it.each([
    ...['', 'x', 'tomorrow', 'now', '2019', '2019-02', '20190205', '1549324800', '05/02/2019', '2019-02/05'],
    ...['2024-02-30', '2023-02-29', '2019-13-01', '2019-00-10', '2019-01-00', '0000-01-01', '0099-01-01'],
    ...[
      '275761-01-01',
      '-2019-01-01',
      '2019-02-05T',
      '2019-02-05 24:00',
      '2019-02-05 10:60',
      '2019-02-05 10',
    ],
    ...[
      'Foo 5 2019',
      'Fe 5 2019',
      'Feb 30 2019',
      'Februaryx 5 2019',
      '2019-02-05 10:00 PM',
      '2019-02-05 10:00 +9',
    ],
    ...['2019-02-05T10:00:00+25:00', '2019-02-05T10:00:00+14:99', '2019-02-05 10:00 -2400'],
  ])('is not read from %j', (text) => {
    expect(inSeoul('2019-02-05')).toBeDefined();
    expect(inSeoul(text)).toBeUndefined();
  });
});

describe('a time', () => {
  it.each([
    ['2019-02-05T00:00:00+09:00', '2019-02-05', '2019-02-05T00:00:00+09:00'],
    ['2019-02-05T23:30:00-08:00', '2019-02-05', '2019-02-05T23:30:00-08:00'],
    ['2019-02-05T00:00:00Z', '2019-02-05', '2019-02-05T00:00:00Z'],
    ['2019-02-05T00:00:00.000Z', '2019-02-05', '2019-02-05T00:00:00Z'],
    ['2019-02-05 10:00', '2019-02-05', '2019-02-05T10:00:00+09:00'],
    ['2019-02-05 9:05', '2019-02-05', '2019-02-05T09:05:00+09:00'],
    ['2019-02-05T10:00', '2019-02-05', '2019-02-05T10:00:00+09:00'],
    ['2019-02-05 10:00:00 +0900', '2019-02-05', '2019-02-05T10:00:00+09:00'],
    ['2019-02-05 10:00:00 -0330', '2019-02-05', '2019-02-05T10:00:00-03:30'],
    ['2019-02-05 10:00:00 +09', '2019-02-05', '2019-02-05T10:00:00+09:00'],
    ['2019-02-05 10:00:00 UTC', '2019-02-05', '2019-02-05T10:00:00Z'],
    ['Tue, 05 Feb 2019 10:00:00 +0900', '2019-02-05', '2019-02-05T10:00:00+09:00'],
    ['Feb 5, 2019, 10:00', '2019-02-05', '2019-02-05T10:00:00+09:00'],
  ])('%j is of the day as written', (text, date, dateTime) => {
    expect(inSeoul(text)).toEqual({ date, dateTime });
  });

  it.each([
    ['UTC', '2019-07-01 10:00', '2019-07-01T10:00:00Z'],
    ['America/St_Johns', '2019-07-01 10:00', '2019-07-01T10:00:00-02:30'],
    ['America/St_Johns', '2019-01-01 10:00', '2019-01-01T10:00:00-03:30'],
    // The clock went forward at 2:00 and back at 3:00.
    ['Europe/Berlin', '2019-03-31 01:59', '2019-03-31T01:59:00+01:00'],
    ['Europe/Berlin', '2019-03-31 03:00', '2019-03-31T03:00:00+02:00'],
    ['Europe/Berlin', '2019-10-27 01:59', '2019-10-27T01:59:00+02:00'],
    ['Europe/Berlin', '2019-10-27 03:00', '2019-10-27T03:00:00+01:00'],
    ['Pacific/Kiritimati', '2019-01-01 00:30', '2019-01-01T00:30:00+14:00'],
  ])('takes the offset that %s has at %s', (timezone, text, dateTime) => {
    expect(dateReader(timezone)(text)?.dateTime).toBe(dateTime);
  });
});

describe('now', () => {
  it('is another day in another zone', () => {
    const instant = new Date('2026-06-14T20:00:00Z');
    expect(momentIn('UTC', instant)).toEqual({ date: '2026-06-14', instant: '2026-06-14T20:00:00.000Z' });
    expect(momentIn('Asia/Seoul', instant).date).toBe('2026-06-15');
  });

  it.each([
    ['2026-06-15', false],
    ['2026-06-16', true],
    ['2026-06-15 11:59', false],
    ['2026-06-15 12:01', true],
    ['2026-06-15T04:00:00+09:00', false],
    ['2026-06-15T03:00:01Z', true],
  ])('%s is of the future: %s', (text, future) => {
    const now = momentIn('Asia/Seoul', new Date('2026-06-15T03:00:00Z'));
    expect(isFuture(inSeoul(text) ?? { date: '' }, now)).toBe(future);
  });
});

it('Every day that exists is read back, and nothing else makes a date.', () => {
  const days = fc.date({ min: new Date('1000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
  fc.assert(
    fc.property(days, (day) => {
      const date = day.toISOString().slice(0, 10);
      expect(inSeoul(date)).toEqual({ date });
    }),
    { seed: 7 },
  );
  fc.assert(
    fc.property(fc.string(), (text) => {
      const read = inSeoul(text);
      expect(read === undefined || /^\d{4}-\d\d-\d\d$/.test(read.date)).toBe(true);
    }),
    { seed: 7 },
  );
});
