const POLL_MS = 1_500

const root = document.querySelector('[data-version]')
const countdown = document.querySelector('[data-until]')
const copyButton = document.querySelector('[data-copy]')
const tokenChoice = document.querySelector('select[name=tokenId]')

const copyAddress = async () => {
  await navigator.clipboard.writeText(copyButton.dataset.copy)
  copyButton.textContent = 'Copied'
}
copyButton?.addEventListener('click', () => void copyAddress())

tokenChoice?.addEventListener('change', () => tokenChoice.form.requestSubmit())

if (countdown) {
  // The server's clock counts: a sandbox may have been moved in time.
  const ahead = Number(countdown.dataset.now) - Date.now()
  const tick = () => {
    const left = Math.max(0, Number(countdown.dataset.until) - Date.now() - ahead)
    const minutes = Math.floor(left / 60_000)
    const seconds = Math.floor((left % 60_000) / 1_000)
    countdown.textContent = `${minutes}:${String(seconds).padStart(2, '0')}`
  }
  tick()
  setInterval(tick, 1_000)
}

if (root && root.dataset.open === 'yes') {
  const look = async () => {
    const answer = await fetch(`/checkout/state${location.search}`)
    if (answer.ok) {
      const state = await answer.json()
      if (state.version !== root.dataset.version) location.reload()
      const progress = document.querySelector('progress')
      if (progress) progress.value = state.confirmations
      const count = document.querySelector('[data-confirmations]')
      if (count) count.textContent = String(state.confirmations)
    }
  }
  setInterval(() => {
    // While the sandbox is away there is nothing to show; the next look may find it again.
    look().catch((error) => {
      if (!(error instanceof TypeError)) throw error
    })
  }, POLL_MS)
}
