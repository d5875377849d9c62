import type { ComponentProps } from 'react'
import { Button } from './button.tsx'
import { tip } from './tooltip.tsx'

/** A button that stays in its place where `block` says why it may not be used; focus and hover tell the reason. */
export function GuardedButton({ block, ...button }: GuardedButtonProps) {
  if (block === null) return <Button {...button} />
  const { className, onClick: _onClick, pending: _pending, ...rest } = button
  return (
    <Button
      {...rest}
      {...tip(block)}
      type="button"
      aria-disabled
      className={`cursor-not-allowed! opacity-60 ${className ?? ''}`}
    />
  )
}

type GuardedButtonProps = ComponentProps<typeof Button> & { readonly block: string | null }
