import * as z from 'zod/mini'
import { PASTED_LINES_MAX, PASTED_TEXT_MAX } from './pasted-lines.ts'

const lineNumber = z.int().check(z.gte(1))

/** Lines as `readPastedCells` made them. */
export const findManyInput = z.object({
  lines: z.readonly(
    z
      .array(
        z.object({
          line: lineNumber,
          text: z.string().check(z.minLength(1), z.maxLength(PASTED_TEXT_MAX)),
          repeatedOn: z.readonly(z.array(lineNumber)),
        }),
      )
      .check(z.maxLength(PASTED_LINES_MAX)),
  ),
})
