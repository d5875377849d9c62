import * as z from 'zod/mini'
import { isStorable } from './is-storable.ts'

/** The same as a check of a schema. */
export const storable = z.refine<string>(isStorable, { error: 'contains a NUL character' })
