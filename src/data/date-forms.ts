/** The months in languages whose names of them begin otherwise than in English, each by what only that month begins with. */
const MONTH_BEGINNINGS: readonly (readonly [RegExp, string])[] = [
  [/^(jan|ene|gen)/, 'Jan'],
  [/^(feb|fév|fev)/, 'Feb'],
  [/^(mar|mär|maa|mrz)/, 'Mar'],
  [/^(apr|avr|abr)/, 'Apr'],
  [/^(may|mai|mei|mag|maj)/, 'May'],
  [/^(jun|juin|giu)/, 'Jun'],
  [/^(jul|juil|lug)/, 'Jul'],
  [/^(aug|aoû|aou|ago)/, 'Aug'],
  [/^(sep|set)/, 'Sep'],
  [/^(oct|okt|out|ott)/, 'Oct'],
  [/^(nov)/, 'Nov'],
  [/^(dec|dez|déc|dic)/, 'Dec'],
]
const MORNINGS = /오전|午前|上午/
const HALF_OF_DAY = /\s*(오전|오후|午前|午後|上午|下午)\s*(\d{1,2}:\d{2}(?::\d{2})?)/
const DAY_OF_WEEK = /^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+/i
const DAY_OF_WEEK_BEHIND = /\s*\((?:[월화수목금토일]|[月火水木金土日]|\p{L}{3,9})\)/u

/**
 * A date in one of the forms that are known everywhere: year-month-day, day or month first, 20210103 12:00. What is no date stays
 * as it is, or becomes another text that is none.
 */
export function plainDate(text: string): string {
  // Most are plain already.
  if (/^[\d\-/.]{6,10}$/.test(text) && !text.endsWith('.')) return text
  return withPlainMonth(withPlainDay(withPlainTime(text.trim())))
}

function withPlainTime(text: string): string {
  return text
    .replace(
      /\s*(\d{1,2})\s*[시時时]\s*(?:(\d{1,2})\s*[분分])?\s*(?:(\d{1,2})\s*[초秒])?/,
      (_, hour: string, minute?: string, second?: string) =>
        ` ${hour}:${(minute ?? '0').padStart(2, '0')}${second === undefined ? '' : `:${second.padStart(2, '0')}`}`,
    )
    .replace(HALF_OF_DAY, (_, half: string, time: string) => ` ${time} ${MORNINGS.test(half) ? 'AM' : 'PM'}`)
    .replace(/\sGMT$/, ' UTC')
    .trim()
}

function withPlainDay(text: string): string {
  return text
    .replace(DAY_OF_WEEK_BEHIND, '')
    .replace(DAY_OF_WEEK, '')
    .replace(/^(\d{4})\s*[년年]\s*(\d{1,2})\s*[월月]\s*(\d{1,2})\s*[일日]/, '$1-$2-$3')
    .replace(/^(\d{4})\s*[년年]\s*(\d{1,2})\s*[월月]$/, '$1-$2')
    .replace(/^(\d{4})\.\s*(\d{1,2})\.\s*(\d{1,2})\.?(?=\s|$)/, '$1-$2-$3')
    .replace(/^(\d{4})\.\s*(\d{1,2})\.$/, '$1-$2')
    .replace(
      /^((?:19|20)\d{6})[T ]?(\d{2})(\d{2})(\d{2})?(?:\.\d+)?Z?$/,
      (_, day: string, hour: string, minute: string, second?: string) => `${day} ${hour}:${minute}:${second ?? '00'}`,
    )
    .replace(
      /^(\d{4})-?W(\d{2})(?:-?([1-7]))?$/,
      (all, year: string, week: string, day?: string) => dayOfWeek(Number(year), Number(week), Number(day ?? 1)) ?? all,
    )
}

function withPlainMonth(text: string): string {
  if (!/\p{L}{3}/u.test(text)) return text
  return text
    .replace(/\p{L}{3,}\.?/u, (word) => monthOf(word) ?? word)
    .replace(/^(\d{1,2})(?:\.|er|º)?\s+(?:de\s+)?(?=[A-Z][a-z]{2}\b)/, '$1 ')
    .replace(/(?<=[A-Z][a-z]{2})\s+de\s+(?=\d{4})/, ' ')
    .replace(/^(\d{1,2})([A-Z][a-z]{2})(\d{4}|\d{2})(?::(?=\d))?/, '$1-$2-$3 ')
    .replace(/^(\d{1,2}\/[A-Z][a-z]{2}\/\d{4}):/, '$1 ')
    .replace(/^([A-Z][a-z]{2}) +(\d{1,2}) (\d{2}:\d{2}:\d{2})(?: [A-Z]{3,4})? (\d{4})$/, '$2 $1 $4 $3')
    .replace(
      /^([A-Z][a-z]{2})[-’'](\d{2})$/,
      (_, month: string, year: string) => `${month}-${Number(year) < 69 ? 20 : 19}${year}`,
    )
    .trim()
}

function monthOf(word: string): string | null {
  const small = word.toLowerCase()
  return MONTH_BEGINNINGS.find(([beginning]) => beginning.test(small))?.[1] ?? null
}

/** A day of a week of a year by ISO 8601, whose first week is the one that holds January 4; null if the year has no such week. */
function dayOfWeek(year: number, week: number, day: number): string | null {
  if (week < 1 || week > 53) return null
  const fourth = new Date(Date.UTC(year, 0, 4))
  const monday = 4 - ((fourth.getUTCDay() + 6) % 7)
  return new Date(Date.UTC(year, 0, monday + 7 * (week - 1) + day - 1)).toISOString().slice(0, 10)
}
