import { metadataRows } from './metadata-rows.ts'

/** Longer values scroll in a box of their own. */
const SHOWN_WHOLE = 200

/** What the shop attached to the payment, always as text: anybody may have written it. */
export function Metadata({ text }: { readonly text: string | null }) {
  if (text === null || text === '') {
    return (
      <p className="text-sm text-muted">The shop attached none, or SpacePay does not repeat it.</p>
    )
  }
  const rows = metadataRows(text)
  if (rows === null) {
    return <p className="font-mono text-xs break-all whitespace-pre-wrap">{text}</p>
  }
  return (
    <table className="w-full table-fixed text-sm">
      <caption className="sr-only">Metadata</caption>
      <tbody>
        {rows.map(({ path, value }) => (
          <tr key={path} className="align-top">
            <th
              scope="row"
              className="w-[120px] py-1 pr-3 text-left font-normal break-words text-faint md:w-[144px]"
            >
              {path}
            </th>
            <td className="py-1">
              <div
                dir="auto"
                // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
                tabIndex={value.length > SHOWN_WHOLE ? 0 : undefined}
                className="max-h-40 overflow-y-auto break-words whitespace-pre-wrap"
              >
                {value}
              </div>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
