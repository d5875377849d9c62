/** The one question "is it still you?", however many calls ask for it. */
interface StepUpRequest {
  readonly answer: Promise<boolean>
  readonly settle: (isProved: boolean) => void
}

/**
 * Opens the dialog and answers whether the person proved that it is them. Calls that ask while it is
 * open wait for the same answer.
 */
export function requestStepUp(): Promise<boolean> {
  if (open === null) {
    const { promise, resolve } = Promise.withResolvers<boolean>()
    publish({
      answer: promise,
      settle: (isProved) => {
        publish(null)
        resolve(isProved)
      },
    })
  }
  return open?.answer ?? Promise.resolve(false)
}

/** For the dialog: what is asked, if anything is. */
export function currentStepUp(): StepUpRequest | null {
  return open
}

export function onStepUpChange(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

let open: StepUpRequest | null = null
const listeners = new Set<() => void>()

function publish(next: StepUpRequest | null): void {
  open = next
  for (const listener of listeners) listener()
}
