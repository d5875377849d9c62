import { confirmStepSeconds } from '@desk/shared/settlements/confirm-steps'
import { sizeStepLimits } from '@desk/shared/insights/size-steps'
import { shortMoneyText } from '../ui/money-text.ts'
import { countText, readersLocale } from '../ui/readers-locale.ts'

/** `"71.2%"`; a dash where there is nothing to have a share of. */
export function shareText(part: number, whole: number): string {
  return whole === 0 ? '–' : share.format(part / whole)
}

const share = new Intl.NumberFormat(readersLocale, { style: 'percent', maximumFractionDigits: 1 })

/** How a share moved, in percentage points: `"up 1.5 points"`. */
export function shareChange(now: Share, before: Share | null): string {
  if (before === null || now.whole === 0 || before.whole === 0) return 'nothing to compare with'
  const points = (100 * now.part) / now.whole - (100 * before.part) / before.whole
  const text = pointsText.format(Math.abs(points))
  if (Number(text.replace(/\D/g, '')) === 0) return 'as in the period before'
  return `${points > 0 ? 'up' : 'down'} ${text} points`
}

const pointsText = new Intl.NumberFormat(readersLocale, { maximumFractionDigits: 1 })

interface Share {
  readonly part: number
  readonly whole: number
}

/** `"45 s"`, `"2 min"`, `"1.5 h"`, `"3 d"`. */
export function spanText(seconds: number): string {
  if (seconds < 120) return `${countText(seconds)} s`
  if (seconds < 7_200) return `${countText(Math.round(seconds / 6) / 10)} min`
  if (seconds < 172_800) return `${countText(Math.round(seconds / 360) / 10)} h`
  return `${countText(Math.round(seconds / 8_640) / 10)} d`
}

/** A step of the times to confirm, its ends included. */
export function confirmStepText(step: number): string {
  const above = confirmStepSeconds[step - 1]
  const upTo = confirmStepSeconds[step]
  if (upTo === undefined) return `over ${spanText(above ?? 0)}`
  return above === undefined ? `up to ${spanText(upTo)}` : `${spanText(above)} to ${spanText(upTo)}`
}

/** A step of the amounts; the upper end is not part of it. */
export function sizeStepText(step: number): string {
  const { min, max } = sizeStepLimits(step)
  if (max === null) return `${shortMoneyText(min ?? 0)} and more`
  const below = shortMoneyText(max + 1)
  return min === null ? `below ${below}` : `${shortMoneyText(min)} to ${below}`
}

/** `14` → `"14:00"`. */
export function hourText(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`
}

export const weekdayNames = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const
