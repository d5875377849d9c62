import type { DeliveryQuery } from '@desk/shared/webhooks/delivery-query'
import { FilterSection, FilterSheet } from '../ui/filter-sheet.tsx'
import { deliveryChips } from './delivery-chips.ts'
import { deliveryFilters } from './delivery-filters.tsx'
import { useChangeWebhooksQuery } from './use-change-webhooks-query.ts'

/** All filters of the deliveries, for a phone. */
export function DeliveryFilterSheet({ query, today, onClose }: DeliveryFilterSheetProps) {
  const change = useChangeWebhooksQuery()
  const chosen = new Map(
    deliveryChips(query, { today, secrets: [] }).map(({ name, value }) => [name, value]),
  )
  return (
    <FilterSheet state="They take effect at once" onClear={() => void change({})} onClose={onClose}>
      {deliveryFilters.map(({ label, isOn, panel }) => (
        <FilterSection
          key={label}
          label={label}
          isOn={isOn(query)}
          value={chosen.get(label.toLowerCase())}
        >
          {panel({ query, today, onChange: (next) => void change(next), onDone: () => undefined })}
        </FilterSection>
      ))}
    </FilterSheet>
  )
}

interface DeliveryFilterSheetProps {
  readonly query: DeliveryQuery
  readonly today: string
  readonly onClose: () => void
}
