import type { SearchDate } from './searchDate';

/** A date as it is written in a search. */
export function printDate(date: SearchDate): string {
  switch (date.kind) {
    case 'ms':
      // Four digits would be a year.
      return /^\d{4}$/.test(String(date.ms)) ? `${date.ms}.0` : String(date.ms);
    case 'iso':
      return date.text;
    case 'now':
      return 'now';
    case 'day':
      return date.day;
    case 'weekday':
      return date.isBefore ? `last ${date.weekday}` : date.weekday;
    case 'calendar':
      return `${date.which} ${date.unit}`;
    case 'ago':
      return `${counted(date.count, date.unit)} ago`;
    case 'past':
      return `last ${counted(date.count, date.unit)}`;
  }
}

function counted(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
