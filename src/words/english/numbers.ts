/** Numbers, times and sizes. Keys begin with `number.` */
export const numbers = {
  'number.none': 'not a number',
  'number.unknown': 'unknown',
  'number.bits-per': 'bits/{input, select, pixel {pixel} column {column} other {input}}',
  'number.per': '{input, select, pixel {Per pixel} column {Per column} other {Per input}}',
  'number.bits': '{bits} bits{input, select, column {} other {; flipping coins costs\u00a01}}',

  // Sizes; each unit is 1024 times the one before.
  'number.bytes': '{bytes, plural, one {# byte} other {# bytes}}',
  'number.kilobytes': '{size} KB',
  'number.megabytes': '{size} MB',
  'number.gigabytes': '{size} GB',
  'number.terabytes': '{size} TB',

  // Lengths of time.
  'number.seconds': '{seconds, number} s',
  'number.minutes': '{minutes, number} min',
  'number.minutes-seconds': '{minutes, number} min {seconds, number} s',
  'number.hours': '{hours, number} h',
  'number.hours-minutes': '{hours, number} h {minutes, number} min',
  'number.days': '{days, number} d',
  'number.days-hours': '{days, number} d {hours, number} h',
  'number.few-seconds': 'a few seconds',
  'number.about': 'about {duration}',
  'number.few-seconds-left': 'a few seconds left',
  'number.left': '{duration} left',

  // Moments.
  'number.today': 'today\u00a0{time}',
  'number.yesterday': 'yesterday\u00a0{time}',
} as const
