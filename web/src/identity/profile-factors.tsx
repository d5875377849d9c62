import { KeyRound, LifeBuoy, Smartphone } from 'lucide-react'
import { useState } from 'react'
import type { Profile } from '@desk/shared/identity/profile'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { GuardedButton } from '../ui/guarded-button.tsx'
import { Moment } from '../ui/moment.tsx'
import { FactorRow } from './factor-row.tsx'
import { type FactorTask, FactorDialog } from './factor-dialog.tsx'
import { passkeyBlock } from './passkey-support.ts'

const RECOVERY_CODES = 10

/** What a password is joined by. */
export function ProfileFactors({ profile }: { readonly profile: Profile }) {
  const [task, setTask] = useState<FactorTask | null>(null)
  const { authenticator, passkeys, recoveryCodes, isFactorForced } = profile
  const count = (authenticator ? 1 : 0) + passkeys.length
  const left = recoveryCodes?.left ?? 0
  const lastBlock =
    isFactorForced && count === 1
      ? 'Your roles ask for a second factor. Add another one before you remove this one.'
      : null
  const remove = (name: string, passkeyId: string | null) => ({
    verb: 'Remove',
    name: `Remove ${name}`,
    isDanger: true,
    block: lastBlock,
    do: () => setTask({ kind: 'remove', name, passkeyId, isLast: count === 1 }),
  })

  return (
    <Card
      title="Second factors"
      about={
        isFactorForced
          ? 'Your roles ask for one. Keep two, so that a lost phone does not keep you out.'
          : 'With one, a password alone opens nothing. You are asked for it when you sign in.'
      }
      action={
        <div className="flex flex-wrap gap-2">
          {authenticator === null && (
            <Button onClick={() => setTask({ kind: 'add_app', isReplacing: false })}>
              Add an authenticator app
            </Button>
          )}
          <GuardedButton block={passkeyBlock()} onClick={() => setTask({ kind: 'add_passkey' })}>
            Add a passkey
          </GuardedButton>
        </div>
      }
    >
      {count > 0 && (
        <ul className="-mx-5 -mb-4 border-t border-line">
          {authenticator && (
            <FactorRow
              icon={<Smartphone aria-hidden className="size-5" strokeWidth={1.6} />}
              name="Authenticator app"
              facts={
                <>
                  Added <Moment at={authenticator.addedAt} />
                </>
              }
              actions={[
                {
                  verb: 'Replace',
                  name: 'Replace Authenticator app',
                  do: () => setTask({ kind: 'add_app', isReplacing: true }),
                },
                remove('Authenticator app', null),
              ]}
            />
          )}
          {passkeys.map((passkey) => (
            <FactorRow
              key={passkey.id}
              icon={<KeyRound aria-hidden className="size-5" strokeWidth={1.6} />}
              name={passkey.name}
              facts={
                <>
                  Passkey, added <Moment at={passkey.addedAt} />
                  {passkey.lastUsedAt !== null && (
                    <>
                      , last used <Moment at={passkey.lastUsedAt} />
                    </>
                  )}
                  {passkey.isBackedUp && ', copied to your other devices'}
                </>
              }
              actions={[remove(passkey.name, passkey.id)]}
            />
          ))}
          <FactorRow
            icon={<LifeBuoy aria-hidden className="size-5" strokeWidth={1.6} />}
            name="Recovery codes"
            facts={
              <>
                <span className={left > 2 ? undefined : 'text-warn'}>
                  {`${left} of ${RECOVERY_CODES} left`}
                </span>
                {recoveryCodes && (
                  <>
                    , made <Moment at={recoveryCodes.madeAt} />
                  </>
                )}
                {left <= 2 && '. They let you in when your phone is lost.'}
              </>
            }
            actions={[
              {
                verb: 'Make new codes',
                name: 'Make new codes',
                do: () => setTask({ kind: 'make_codes', left }),
              },
            ]}
          />
        </ul>
      )}
      {task !== null && <FactorDialog task={task} onClose={() => setTask(null)} />}
    </Card>
  )
}
