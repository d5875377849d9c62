import { announce } from './announce.tsx'
import { toClipboard } from './clipboard.ts'
import { toast } from './toast.tsx'

/** Copies a text and says so; `what` begins the sentence. Where the browser refuses, the text is shown instead. */
export async function copyText(text: string, what: string): Promise<void> {
  if (!(await toClipboard(text))) {
    toast({ title: 'The browser withholds the clipboard', detail: text, tone: 'warn' })
    return
  }
  announce(`${what} copied`)
  toast({ title: `${what} copied`, tone: 'ok' })
}
