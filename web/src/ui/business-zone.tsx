import { createContext, use } from 'react'

const Zone = createContext('UTC')

/** The IANA zone in which this merchant counts days; every clock on screen shows it. */
export const BusinessZoneProvider = Zone

export function useBusinessZone(): string {
  return use(Zone)
}
