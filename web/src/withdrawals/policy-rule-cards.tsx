import { limitsRule } from '@desk/shared/withdrawals/limits-use'
import { Card } from '../ui/card.tsx'
import { Checkbox } from '../ui/checkbox.tsx'
import { TextField } from '../ui/text-field.tsx'
import type { FaultAt, PolicyFields } from './policy-fields.ts'
import { weekdayNames } from './weekday-names.ts'

interface RuleCardProps {
  readonly fields: PolicyFields
  readonly faultAt: FaultAt
  readonly onChange: (part: Partial<PolicyFields>) => void
}

/** How much may leave, by person and altogether. */
export function LimitsCard({ fields, faultAt, onChange }: RuleCardProps) {
  return (
    <Card title="Limits, in US dollars" about={`Empty for none. ${limitsRule}`}>
      <div className="grid gap-3 md:grid-cols-3">
        {limitFields.map(({ name, label, path }) => (
          <TextField
            key={name}
            label={label}
            inputMode="decimal"
            value={fields[name]}
            error={faultAt(path)}
            onChange={(event) => onChange({ [name]: event.target.value })}
          />
        ))}
      </div>
    </Card>
  )
}

/** When what is approved may leave. */
export function BusinessHoursCard({ fields, faultAt, onChange }: RuleCardProps) {
  const { isTimed, weekdays } = fields
  const daysFault = faultAt('businessHours.weekdays')
  return (
    <Card
      title="Business hours"
      about="Outside of them approved withdrawals wait for the next opening. Emergencies do not wait."
    >
      <Checkbox
        label="Withdrawals leave at these hours only"
        checked={isTimed}
        onChange={(checked) => onChange({ isTimed: checked })}
      />
      {isTimed && (
        <div className="mt-3 flex flex-col gap-3">
          <fieldset>
            <legend className="mb-1.5 text-sm font-medium">Days</legend>
            <div className="flex flex-wrap gap-x-5 gap-y-2">
              {weekdayNames.map((name, index) => (
                <Checkbox
                  key={name}
                  label={name}
                  checked={weekdays.includes(index + 1)}
                  onChange={(checked) =>
                    onChange({
                      weekdays: checked
                        ? [...weekdays, index + 1]
                        : weekdays.filter((day) => day !== index + 1),
                    })
                  }
                />
              ))}
            </div>
            {daysFault !== undefined && (
              <p role="alert" className="mt-1 text-xs text-bad">
                {daysFault}
              </p>
            )}
          </fieldset>
          <div className="grid gap-3 md:grid-cols-3">
            {hourFields.map(({ name, label, hint }) => (
              <TextField
                key={name}
                label={label}
                hint={hint}
                value={fields[name]}
                error={faultAt(`businessHours.${name}`)}
                onChange={(event) => onChange({ [name]: event.target.value })}
              />
            ))}
          </div>
        </div>
      )}
    </Card>
  )
}

/** Hours that requests and destinations wait, and what is warned of. */
export function TimesCard({ fields, faultAt, onChange }: RuleCardProps) {
  return (
    <Card title="Times and warnings">
      <div className="grid gap-3 md:grid-cols-2">
        {otherFields.map(({ name, label, path, hint }) => (
          <TextField
            key={name}
            label={label}
            hint={hint}
            inputMode="decimal"
            value={fields[name]}
            error={faultAt(path)}
            onChange={(event) => onChange({ [name]: event.target.value })}
          />
        ))}
      </div>
      <div className="mt-4">
        <Checkbox
          label="Repeat unclear sendings with the same key, within a day"
          hint="SpacePay only half promises that this pays once. Off, what is unclear is looked for, and a person settles it."
          checked={fields.repeats}
          onChange={(repeats) => onChange({ repeats })}
        />
      </div>
    </Card>
  )
}

const limitFields = [
  {
    name: 'personEach',
    label: 'Each person, one withdrawal',
    path: 'limits.byPerson.perWithdrawalCents',
  },
  { name: 'personDay', label: 'Each person, a day', path: 'limits.byPerson.perDayCents' },
  { name: 'personWeek', label: 'Each person, a week', path: 'limits.byPerson.perWeekCents' },
  { name: 'totalEach', label: 'All, one withdrawal', path: 'limits.inTotal.perWithdrawalCents' },
  { name: 'totalDay', label: 'All, a day', path: 'limits.inTotal.perDayCents' },
  { name: 'totalWeek', label: 'All, a week', path: 'limits.inTotal.perWeekCents' },
] as const

const hourFields = [
  { name: 'from', label: 'From', hint: 'Such as 09:00.' },
  { name: 'until', label: 'Until', hint: 'Such as 17:00; 24:00 is midnight.' },
  { name: 'zone', label: 'Time zone', hint: 'Such as Europe/Berlin.' },
] as const

const otherFields = [
  {
    name: 'coolingOff',
    label: 'Cooling-off, hours',
    path: 'coolingOffHours',
    hint: 'How long a new destination waits after its approval.',
  },
  {
    name: 'expiry',
    label: 'Requests expire after, hours',
    path: 'expiryHours',
    hint: 'Approved or not: what has not left by then goes back.',
  },
  {
    name: 'duplicates',
    label: 'Warn of duplicates within, hours',
    path: 'duplicateWindowHours',
    hint: 'Same amount to the same address.',
  },
  {
    name: 'lowBalance',
    label: 'Low balance below, dollars',
    path: 'lowBalanceCents',
    hint: 'On any one network; empty for no warning.',
  },
] as const
