import { isUsualLook, type ListLook, type ListLookChange } from '@desk/shared/views/list-look'
import { DisplayButton } from '../views/display-button.tsx'
import { type OpenView, useChangeColumns } from '../views/use-open-view.ts'
import { usualWidthOf } from './payment-columns.tsx'

/** Columns, their widths and the height of rows, as this person likes them or the open view brings them. */
export function ListDisplay({ view, look, onLook }: ListDisplayProps) {
  const onColumns = useChangeColumns(view, onLook)
  return (
    <DisplayButton
      look={look}
      columns={view.columns}
      widthOf={(column) => look.widths[column] ?? usualWidthOf(column)}
      onColumns={onColumns}
      onLook={onLook}
      canReset={!isUsualLook(look) || view.addressColumns !== null}
    />
  )
}

interface ListDisplayProps {
  readonly view: OpenView
  readonly look: ListLook
  readonly onLook: (change: ListLookChange) => void
}
