import { judgeAttachment, sizeProblem } from '@desk/shared/withdrawals/attachment'
import type { RequestCase } from '@desk/shared/withdrawals/request-view'

/** What is to be attached: nothing, what is attached already, or a file of this computer. */
export type AttachmentChoice =
  | { readonly kind: 'none' }
  | { readonly kind: 'kept'; readonly name: string; readonly byteLength: number }
  | {
      readonly kind: 'chosen'
      readonly name: string
      readonly byteLength: number
      readonly file: File
    }

export function choiceOf(attachment: RequestCase['attachment']): AttachmentChoice {
  if (attachment === null) return { kind: 'none' }
  const { name, byteLength } = attachment
  return { kind: 'kept', name, byteLength }
}

/** A file by the name that is kept of it, or in words why Desk would not take it. */
export async function chosenFile(
  file: File,
): Promise<AttachmentChoice | { readonly problem: string }> {
  const tooMuch = sizeProblem(file.size)
  if (tooMuch !== null) return { problem: tooMuch }
  const bytes = await file.arrayBuffer().catch(() => null)
  if (bytes === null) return { problem: 'This file cannot be read any more. Choose it again.' }
  const judged = judgeAttachment({ name: file.name, bytes: new Uint8Array(bytes) })
  if ('problem' in judged) return judged
  return { kind: 'chosen', name: judged.name, byteLength: bytes.byteLength, file }
}
