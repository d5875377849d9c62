import * as z from 'zod/mini'
import { storable } from '../text/storable.ts'
import { isZone } from './time-zone.ts'

const ZONE_MAX = 64

/** An IANA zone that this program knows. */
export const zoneName = z
  .string()
  .check(z.maxLength(ZONE_MAX), storable, z.refine(isZone, { error: 'is no time zone' }))
