import { editNoteInput, writeNoteInput } from '@desk/shared/attention/payment-note'
import { tagInput, tagsInUseInput } from '@desk/shared/attention/payment-tag'
import { allow, router } from '../kernel/trpc.ts'
import { addTag, removeTag } from './change-tags.ts'
import { findTagsInUse } from './tags.queries.ts'
import { editNote, writeNote } from './write-note.ts'

export const notesRouter = router({
  write: allow('notes:write')
    .input(writeNoteInput)
    .mutation(({ ctx, input }) => writeNote(ctx, input)),

  edit: allow('notes:write')
    .input(editNoteInput)
    .mutation(({ ctx, input }) => editNote(ctx, input)),

  tag: allow('notes:write')
    .input(tagInput)
    .mutation(({ ctx, input }) => addTag(ctx, input)),

  untag: allow('notes:write')
    .input(tagInput)
    .mutation(({ ctx, input }) => removeTag(ctx, input)),

  /** Up to a dozen tags in use that begin like this. */
  tagsInUse: allow('payments:read')
    .input(tagsInUseInput)
    .query(({ ctx, input }) => findTagsInUse(ctx.reads, input.beginning)),
})
