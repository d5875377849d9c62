import { useId } from 'react'
import { TextField } from './text-field.tsx'

/** An IANA zone, found by typing a part of its name. */
export function ZoneField({ label, value, onChange, ...texts }: ZoneFieldProps) {
  const id = useId()
  return (
    <>
      <TextField
        {...texts}
        label={label}
        list={id}
        value={value}
        autoComplete="off"
        spellCheck={false}
        onChange={({ target }) => onChange(target.value)}
      />
      <datalist id={id}>
        {zones.map((zone) => (
          <option key={zone}>{zone}</option>
        ))}
      </datalist>
    </>
  )
}

interface ZoneFieldProps {
  readonly label: string
  readonly value: string
  readonly onChange: (zone: string) => void
  readonly hint?: string | undefined
  readonly error?: string | undefined
}

const zones = [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])]
