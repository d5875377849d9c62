import { ChoiceCards } from '../ui/choice-cards.tsx'

const types = [
  { value: 'payment', label: 'Payment', hint: 'A fixed amount in dollars.' },
  { value: 'deposit', label: 'Deposit', hint: 'The customer decides how much to send.' },
] as const
type PaymentType = (typeof types)[number]['value']

/** Fixed amount, or whatever the customer sends. */
export function TypeChoice({ type, onChange }: TypeChoiceProps) {
  return <ChoiceCards legend="Type" value={type} choices={types} onChange={onChange} />
}

interface TypeChoiceProps {
  readonly type: PaymentType
  readonly onChange: (type: PaymentType) => void
}
