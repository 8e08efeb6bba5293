import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  aboutWords,
  bitsPerInput,
  bitsUnit,
  formatBytes,
  formatDuration,
  formatMoment,
  formatNats,
  formatSetting,
  formatShare,
  formatTick,
  formatTimeLeft,
  formatWhole,
} from '../../src/renderer/logic/format'
import { speak } from '../../src/renderer/words'
import { formatChance } from '../../src/shared/chance'

const pixels = { inputs: 784, input: 'pixel' } as const

describe('numbers in words', () => {
  it('separates thousands and uses a real minus sign', () => {
    expect(formatWhole(50_000)).toBe('50,000')
    expect(formatNats(-91.456)).toBe('−91.46')
    expect(formatNats(1234.56)).toBe('1,234.6')
    expect(formatNats(Number.NaN)).toBe('not a number')
    expect(formatNats(3.4e38)).toBe('3.4e38')
  })

  it('turns nats into bits per input: a fair coin for each costs one', () => {
    expect(bitsPerInput(784 * Math.LN2, pixels)).toBeCloseTo(1, 12)
    expect(bitsPerInput(86.64, pixels)).toBeCloseTo(0.1594, 4)
  })

  it('gives shares one decimal and ticks as many as tell them apart', () => {
    expect([0.1306, 1].map(formatShare)).toEqual(['13.1%', '100.0%'])
    expect([formatTick(1000, 250), formatTick(84.25, 0.25), formatTick(-2, 0.5)]).toEqual(['1,000', '84.3', '−2'])
  })

  it('gives bytes about three figures', () => {
    expect([0, 1, 999, 1024, 10_700_000, 3_100_000_000].map(formatBytes)).toEqual([
      '0 bytes',
      '1 byte',
      '999 bytes',
      '1.00 KB',
      '10.2 MB',
      '2.89 GB',
    ])
  })

  it('gives a length of time in its two largest units', () => {
    expect([0.4, 12, 60, 260, 7500, 90_000, Number.POSITIVE_INFINITY].map(formatDuration)).toEqual([
      '0 s',
      '12 s',
      '1 min',
      '4 min 20 s',
      '2 h 5 min',
      '1 d 1 h',
      'unknown',
    ])
  })

  it('rounds the time left more coarsely the longer it is', () => {
    expect([3, 31, 58, 263, 7490].map(formatTimeLeft)).toEqual([
      'a few seconds left',
      '30 s left',
      '1 min left',
      '4 min 20 s left',
      '2 h 5 min left',
    ])
  })

  it('never rounds a chance to certainty', () => {
    expect([0, 0.001, 0.5, 0.999, 1].map((chance) => formatChance(chance).english)).toEqual([
      '0%',
      'under 1%',
      '50%',
      'over 99%',
      '100%',
    ])
  })

  it('names days as a person would', () => {
    const now = new Date(2026, 10, 22, 12, 0).getTime()
    expect(formatMoment(new Date(2026, 10, 22, 9, 5).getTime(), now)).toBe('today\u00a009:05')
    expect(formatMoment(new Date(2026, 10, 21, 23, 59).getTime(), now)).toBe('yesterday\u00a023:59')
    expect(formatMoment(new Date(2026, 2, 3).getTime(), now)).toBe('3 Mar')
    expect(formatMoment(new Date(2025, 2, 3).getTime(), now)).toBe('3 Mar 2025')
  })

  it('keeps settings readable', () => {
    expect([0.001, 1e-8, 500, 1e-6, 0].map(formatSetting)).toEqual(['0.001', '1e-8', '500', '0.000001', '0'])
  })
})

describe('numbers in Korean', () => {
  beforeEach(() => {
    speak('ko')
  })
  afterEach(() => {
    speak('en')
  })

  it('have the same figures and Korean units', () => {
    expect([formatWhole(50_000), formatNats(-91.456), formatNats(Number.NaN)]).toEqual([
      '50,000',
      '−91.46',
      '수가 아님',
    ])
    expect([bitsUnit(pixels), formatShare(0.1306)]).toEqual(['비트/픽셀', '13.1%'])
    expect([999, 10_700_000].map(formatBytes)).toEqual(['999바이트', '10.2 MB'])
  })

  it('tell times as Koreans do', () => {
    expect([12, 260, 7500, 90_000].map(formatDuration)).toEqual(['12초', '4분 20초', '2시간 5분', '1일 1시간'])
    expect([formatTimeLeft(3), formatTimeLeft(263), aboutWords(10_800)]).toEqual([
      '몇 초 남음',
      '4분 20초 남음',
      '약 3시간',
    ])
    const now = new Date(2026, 10, 22, 12, 0).getTime()
    expect(formatMoment(new Date(2026, 10, 22, 9, 5).getTime(), now)).toBe('오늘\u00a009:05')
    expect(formatMoment(new Date(2025, 2, 3).getTime(), now)).toBe('2025년 3월 3일')
  })
})
