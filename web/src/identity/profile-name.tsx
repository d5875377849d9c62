import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { readFault } from '../app/fault.ts'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { textIn } from '../ui/form-text.ts'
import { TextField } from '../ui/text-field.tsx'

export function ProfileName({ name }: { readonly name: string }) {
  const { api } = signedInRoute.useRouteContext()
  const queryClient = useQueryClient()
  const router = useRouter()
  const change = useMutation(
    api.profile.changeName.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries(api.profile.read.queryFilter())
        queryClient.removeQueries(api.identity.me.queryFilter())
        await router.invalidate()
      },
    }),
  )
  return (
    <Card
      title="Name"
      about="As your colleagues see it, and as the audit log keeps it."
      action={<output className="text-sm text-ok">{change.isSuccess && 'Saved'}</output>}
    >
      <form
        className="flex flex-wrap items-start gap-x-2 gap-y-3"
        onSubmit={(event) => {
          event.preventDefault()
          change.mutate({ name: textIn(new FormData(event.currentTarget), 'name') })
        }}
      >
        <div className="min-w-0 flex-1 basis-64">
          <TextField
            label="Your name"
            name="name"
            defaultValue={name}
            maxLength={60}
            autoComplete="name"
            required
            onChange={() => change.reset()}
            error={change.isError ? readFault(change.error).message : undefined}
          />
        </div>
        <Button type="submit" size="lg" className="md:mt-6" pending={change.isPending}>
          Save name
        </Button>
      </form>
    </Card>
  )
}
