import * as z from 'zod/mini'

/** Refuses the one character no Postgres text can hold, before a query has to. */
export const storable = z.refine<string>((text) => !text.includes('\0'), {
  error: 'contains a NUL character',
})
