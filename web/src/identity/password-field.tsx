import { Eye, EyeOff } from 'lucide-react'
import { useState } from 'react'
import {
  PASSWORD_LENGTH_MAX,
  passwordBlock,
  type PasswordOwner,
} from '@desk/shared/identity/password'
import { IconButton } from '../ui/button.tsx'
import { TextField } from '../ui/text-field.tsx'

/** A new password, judged while it is typed by the rules Desk refuses by; it can be looked at. */
export function NewPasswordField({ label, owner, error, onTyped }: NewPasswordFieldProps) {
  const [typed, setTyped] = useState('')
  const [isShown, setShown] = useState(false)
  const block = typed === '' ? null : passwordBlock(typed, owner)
  return (
    <div className="relative">
      <TextField
        label={label}
        name="password"
        type={isShown ? 'text' : 'password'}
        autoComplete="new-password"
        maxLength={PASSWORD_LENGTH_MAX}
        required
        onChange={({ target }) => {
          setTyped(target.value)
          onTyped?.()
        }}
        hint={
          block ??
          (typed === ''
            ? 'At least 12 characters. A few words in a row are easy to remember.'
            : 'Looks good.')
        }
        error={error}
      />
      <IconButton
        label={isShown ? 'Hide the password' : 'Show the password'}
        className="absolute top-[27px] right-1"
        onClick={() => setShown(!isShown)}
      >
        {isShown ? (
          <EyeOff aria-hidden className="size-4" />
        ) : (
          <Eye aria-hidden className="size-4" />
        )}
      </IconButton>
    </div>
  )
}

interface NewPasswordFieldProps {
  readonly label: string
  /** Whose password it is to be. */
  readonly owner: PasswordOwner
  readonly error?: string | undefined
  readonly onTyped?: () => void
}
