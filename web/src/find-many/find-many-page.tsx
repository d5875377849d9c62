import { PageHeader } from '../ui/page-header.tsx'
import { findManyRoute } from './find-many.route.tsx'
import { FoundLines } from './found-lines.tsx'
import { usePaste } from './kept-paste.ts'
import { PasteForm } from './paste-form.tsx'

/** Many ids at once: first the lines, then what each of them is. Which of the two is in the address. */
export function FindManyPage() {
  const { show } = findManyRoute.useSearch()
  const paste = usePaste()
  if (show !== undefined && paste.text.trim() !== '')
    return <FoundLines paste={paste} show={show} />
  return (
    <div className="mx-auto max-w-[880px] px-4 pt-5 pb-10 md:px-6">
      <title>Find many · SpacePay Desk</title>
      <PageHeader
        title="Find many"
        state="Up to 1,000 order ids, payment ids, hashes, addresses or links: which are payments, and which are not"
      />
      <PasteForm paste={paste} />
    </div>
  )
}
