import type { ComponentProps, ReactNode } from 'react'
import { tip } from './tooltip.tsx'

interface ButtonLook {
  readonly variant?: keyof typeof variants
  readonly size?: keyof typeof sizes
}

/** `pending` keeps the button's size and focus while the server decides; further clicks do nothing. */
export function Button({ variant, size, pending = false, ...button }: ButtonProps) {
  const { className, onClick, ...rest } = button
  return (
    <button
      type="button"
      {...rest}
      aria-disabled={pending || rest['aria-disabled'] || undefined}
      aria-busy={pending || undefined}
      onClick={pending ? (event) => event.preventDefault() : onClick}
      className={`${buttonClass({ ...(variant && { variant }), ...(size && { size }) })} ${className ?? ''}`}
    />
  )
}

type ButtonProps = ComponentProps<'button'> & ButtonLook & { readonly pending?: boolean }

/** The look alone, for links that act as buttons. */
export function buttonClass({ variant = 'secondary', size = 'md' }: ButtonLook): string {
  return `${base} ${variants[variant]} ${sizes[size]}`
}

/** A square button with an icon only; `label` is its name and its tooltip. */
export function IconButton({ label, children, ...button }: IconButtonProps) {
  const { className, ...rest } = button
  return (
    <button
      type="button"
      aria-label={label}
      {...tip(label)}
      {...rest}
      className={`inline-grid size-8 flex-none place-items-center rounded-md text-muted hover:bg-hover hover:text-text disabled:opacity-50 ${className ?? ''}`}
    >
      {children}
    </button>
  )
}

type IconButtonProps = Omit<ComponentProps<'button'>, 'aria-label' | 'children'> & {
  readonly label: string
  readonly children: ReactNode
}

const base =
  'inline-flex flex-none items-center justify-center gap-2 rounded-md border font-medium whitespace-nowrap select-none disabled:opacity-50 aria-disabled:cursor-progress aria-disabled:opacity-60'

const variants = {
  primary: 'border-accent bg-accent text-on-accent hover:opacity-90',
  secondary: 'border-line-strong bg-surface text-text hover:bg-hover',
  danger: 'border-bad/35 bg-surface text-bad hover:bg-bad-soft',
  ghost: 'border-transparent text-muted hover:bg-hover hover:text-text',
} as const

const sizes = {
  md: 'h-8 px-3 text-sm',
  lg: 'h-10 px-4 text-md',
} as const
