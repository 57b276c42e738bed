// Dates as people write them in front matter. A date is the calendar day as written, whatever its offset; only a
// time without an offset is taken in the site's time zone. Nothing here reads the clock.

/** Calendar day `YYYY-MM-DD`, and, where a time is written, the same in RFC 3339 with seconds and offset. */
export interface WrittenDate {
  readonly date: string;
  readonly dateTime?: string;
}

/** The moment of a build. */
export interface Moment {
  /** Calendar day in the site's time zone. */
  readonly date: string;
  /** RFC 3339. */
  readonly instant: string;
}

export type ReadDate = (text: string) => WrittenDate | undefined;

/** For hints. */
export const dateForms = '2019-02-05, 2019-02-05 10:00, 2019-02-05T10:00:00+09:00, Feb 5, 2019';

const time = /(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?/i.source;
const forms = [
  // 2019-02-05, 2019/02/05, 2019-02-05 10:00:00 +0900, 2019-02-05T10:00Z
  new RegExp(`^(?<year>\\d{4})([-/.])(?<month>\\d{1,2})\\2(?<day>\\d{1,2})(?:(?:\\s+|T)${time})?$`, 'i'),
  // Feb 05 2019, Tuesday, February 5th, 2019
  new RegExp(
    `^(?:[a-z]+,?\\s+)?(?<month>[a-z]{3,9})\\.?\\s+(?<day>\\d{1,2})(?:st|nd|rd|th)?,?\\s+(?<year>\\d{4})(?:,?\\s+${time})?$`,
    'i',
  ),
  // 5 February 2019, Tue, 05 Feb 2019 10:00:00 +0900
  new RegExp(
    `^(?:[a-z]+,?\\s+)?(?<day>\\d{1,2})\\s+(?<month>[a-z]{3,9})\\.?,?\\s+(?<year>\\d{4})(?:,?\\s+${time})?$`,
    'i',
  ),
];

const months = [
  ...['january', 'february', 'march', 'april', 'may', 'june', 'july'],
  ...['august', 'september', 'october', 'november', 'december'],
];

/**
 * Gives the function that reads a date. It returns undefined for a text in no known form, and for a day or time
 * that does not exist (`2024-02-30`, `25:00`, `+14:99`).
 */
export function dateReader(timezone: string): ReadDate {
  const offsetAt = zoneOffsets(timezone);
  return (text) => {
    const match = firstMatch(text.trim());
    const { year = '', month = '', day = '' } = match?.groups ?? {};
    const date = calendarDate(Number(year), monthNumber(month), Number(day));
    if (match === undefined || date === undefined) return undefined;
    const [hour, minute, second = '00', offset] = match.slice(-4);
    if (hour === undefined || minute === undefined) return { date };
    const clock = clockTime(hour, minute, second);
    if (clock === undefined) return undefined;
    const zone = offset ? fullOffset(offset) : offsetAt(`${date}T${clock}`);
    return zone === undefined ? undefined : { date, dateTime: `${date}T${clock}${zone}` };
  };
}

function firstMatch(text: string): RegExpExecArray | undefined {
  for (const form of forms) {
    const match = form.exec(text);
    if (match !== null) return match;
  }
  return undefined;
}

function monthNumber(month: string): number {
  if (/^\d/.test(month)) return Number(month);
  return months.findIndex((name) => name.startsWith(month.toLowerCase())) + 1;
}

/** Undefined when there is no such day. Years of four digits only. */
function calendarDate(year: number, month: number, day: number): string | undefined {
  if (year < 1000) return undefined;
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  return date.toISOString().slice(0, 10);
}

function clockTime(hour: string, minute: string, second: string): string | undefined {
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  return `${hour.padStart(2, '0')}:${minute}:${second}`;
}

/** `+09:00` for `+0900` and `+09`. Undefined when there is no such offset: RFC 3339 has them below a day. */
function fullOffset(offset: string): string | undefined {
  const [, sign, hours = '', minutes = '00'] = /^([+-])(\d{2}):?(\d{2})?$/.exec(offset) ?? [];
  if (sign === undefined) return 'Z';
  return clockTime(hours, minutes, '00') && `${sign}${hours}:${minutes}`;
}

/** Gives the function that knows the zone's offset at a local time, `+09:00`. */
function zoneOffsets(timezone: string): (local: string) => string {
  if (timezone === 'UTC') return () => 'Z';
  const format = new Intl.DateTimeFormat('en-US', { timeZone: timezone, timeZoneName: 'longOffset' });
  const offsetAt = (instant: number): string =>
    /GMT([+-]\d\d:\d\d)/.exec(format.format(instant))?.[1] ?? '+00:00';
  // The local time taken as UTC is at most a day off; the offset found there leads to the instant itself.
  return (local) => offsetAt(Date.parse(`${local}${offsetAt(Date.parse(`${local}Z`))}`));
}

/** The day and instant that a build regards as now. */
export function momentIn(timezone: string, now: Date): Moment {
  return { date: dayReader(timezone)(now), instant: now.toISOString() };
}

/** Gives the function that tells the calendar date of an instant; making one takes longer than asking it. */
export function dayReader(timezone: string): (instant: Date) => string {
  if (timezone === 'UTC') return (instant) => instant.toISOString().slice(0, 10);
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: timezone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  return (instant) => {
    const parts = format.formatToParts(instant);
    const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
    return `${part('year')}-${part('month')}-${part('day')}`;
  };
}

/** Whether a date lies after now: a day alone begins in the site's time zone. */
export function isFuture({ date, dateTime }: WrittenDate, now: Moment): boolean {
  return dateTime === undefined ? date > now.date : Date.parse(dateTime) > Date.parse(now.instant);
}
