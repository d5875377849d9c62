import { useState } from 'react'
import { centsToDecimal, parseDollars } from '@desk/shared/money/amount-cents'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/text-field.tsx'
import type { FilterProps } from './payment-filters.tsx'

/** Smallest and largest amount; applied together, once both make sense. */
export function AmountFields({ query, onChange, onDone }: FilterProps) {
  const [fault, setFault] = useState<Fault>({})
  const apply = (form: FormData) => {
    const min = readAmount(form.get('min'))
    const max = readAmount(form.get('max'))
    const isReversed =
      min.ok && max.ok && min.cents !== null && max.cents !== null && min.cents > max.cents
    setFault({
      ...(!min.ok && { min: NOT_AN_AMOUNT }),
      ...(!max.ok && { max: NOT_AN_AMOUNT }),
      ...(isReversed && { max: 'Must not be below the smallest' }),
    })
    if (!min.ok || !max.ok || isReversed) return
    onChange({ ...query, minCents: min.cents, maxCents: max.cents })
    onDone()
  }
  return (
    <form
      noValidate
      className="flex w-72 flex-col gap-3 p-3 max-md:w-full"
      onSubmit={(event) => {
        event.preventDefault()
        apply(new FormData(event.currentTarget))
      }}
    >
      <div className="grid grid-cols-2 gap-2">
        <TextField
          label="At least"
          name="min"
          inputMode="decimal"
          autoComplete="off"
          placeholder="0.00"
          defaultValue={textOf(query.minCents)}
          error={fault.min}
        />
        <TextField
          label="At most"
          name="max"
          inputMode="decimal"
          autoComplete="off"
          placeholder="any"
          defaultValue={textOf(query.maxCents)}
          error={fault.max}
        />
      </div>
      <Button type="submit" variant="primary">
        Apply
      </Button>
    </form>
  )
}

interface Fault {
  readonly min?: string
  readonly max?: string
}

const NOT_AN_AMOUNT = 'Not an amount such as 149.99'

type Reading = { ok: true; cents: ReturnType<typeof parseDollars> } | { ok: false }

function readAmount(value: FormDataEntryValue | null): Reading {
  const text = typeof value === 'string' ? value.trim() : ''
  if (text === '') return { ok: true, cents: null }
  const cents = parseDollars(text)
  return cents === null ? { ok: false } : { ok: true, cents }
}

function textOf(cents: number | null): string {
  return cents === null ? '' : centsToDecimal(cents)
}
