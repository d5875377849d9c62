import type { PaymentExport } from '@desk/shared/exports/payment-export'

/** How much of an export is written; without a figure while nobody knows how much there is. */
export function ProgressBar({ of, label }: { readonly of: PaymentExport; readonly label: string }) {
  const { rowsDone, rowsExpected } = of
  const known = rowsExpected === null ? {} : { value: rowsDone, max: Math.max(rowsExpected, 1) }
  return (
    <progress
      {...known}
      aria-label={label}
      className="block h-1.5 w-full appearance-none overflow-hidden rounded-full bg-sunken accent-accent [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-sunken [&::-webkit-progress-value]:bg-accent [&::-webkit-progress-value]:transition-[width] [&::-webkit-progress-value]:duration-300"
    />
  )
}
