/** SpacePay's kinds of payment; one we do not know is shown as it came. */
export function typeText(type: string): string {
  return types.get(type) ?? type
}

const types: ReadonlyMap<string, string> = new Map([
  ['payment', 'Payment'],
  ['deposit', 'Deposit'],
])
