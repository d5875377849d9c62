import { metadataRows } from './metadata-rows.ts'

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
            <td dir="auto" className="max-h-40 py-1 break-words whitespace-pre-wrap">
              {value}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
