import { useQueryClient } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { useState } from 'react'
import { businessDayOf } from '@desk/shared/time/business-day'
import type { FoundLine } from '@desk/shared/payments/find-many'
import { readFault } from '../app/fault.ts'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { useBusinessDay } from '../ui/business-day-rule.tsx'
import { Button } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { toast } from '../ui/toast.tsx'
import { foundCsvOptions } from './find-many-queries.ts'

/** What can be taken away from the answer. */
export function FoundActions({ lines }: { readonly lines: readonly FoundLine[] }) {
  const misses = lines.filter(({ miss }) => miss !== null).map(({ text }) => text)
  const { api } = signedInRoute.useRouteContext()
  const queryClient = useQueryClient()
  const rule = useBusinessDay()
  const [isMaking, setMaking] = useState(false)
  const makeFile = async () => {
    setMaking(true)
    try {
      const asked = lines.map(({ line, text, repeatedOn }) => ({ line, text, repeatedOn }))
      const csv = await queryClient.query(foundCsvOptions(api, asked))
      download(csv, `desk-find-many-${businessDayOf(Date.now(), rule)}.csv`)
    } catch (error) {
      toast({ title: 'The file was not made', detail: readFault(error).message, tone: 'bad' })
    } finally {
      setMaking(false)
    }
  }
  return (
    <>
      {misses.length > 0 && <CopyButton text={misses.join('\n')} label="Copy misses" />}
      <Button pending={isMaking} onClick={() => void makeFile()}>
        <Download aria-hidden className="size-4" />
        <span>
          <span className="max-md:sr-only">Download </span>CSV
        </span>
      </Button>
    </>
  )
}

function download(csv: string, name: string): void {
  const url = URL.createObjectURL(new Blob([csv], { type: 'text/csv;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}
