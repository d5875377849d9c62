import { createContext, use } from 'react'
import type { BusinessDayRule } from '@desk/shared/time/business-day'

const Rule = createContext<BusinessDayRule>({ zone: 'UTC', cutOff: '00:00' })
const ViewZone = createContext('UTC')

export const BusinessDayProvider = Rule
export const ViewZoneProvider = ViewZone

/** When business days begin: which day something belongs to, whoever looks at it. */
export function useBusinessDay(): BusinessDayRule {
  return use(Rule)
}

/** The IANA zone in which the viewer reads times: for labels alone, never for which day something is on. */
export function useViewZone(): string {
  return use(ViewZone)
}
