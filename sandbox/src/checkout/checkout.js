const POLL_MS = 1_500

/** What is being typed, chosen or opened is not taken out of somebody's hands. */
const isBusy = () => document.activeElement?.matches('select:focus') ?? false

const main = () => document.querySelector('main[data-version]')

/** Puts the parts that changed in place and leaves all others, the focus and what is open as they are. */
const take = (fresh) => {
  const before = main()
  const focused = document.activeElement?.id
  const isOpen = document.querySelector('#simulate')?.open ?? false
  for (const part of ['state', 'pay', 'simulate']) {
    const old = before.querySelector(`[data-part=${part}]`)
    const next = fresh.querySelector(`[data-part=${part}]`)
    if (old && !next) old.remove()
    else if (old && next && old.outerHTML !== next.outerHTML) old.replaceWith(next)
  }
  before.dataset.version = fresh.dataset.version
  before.dataset.open = fresh.dataset.open
  const drawer = document.querySelector('#simulate')
  if (drawer) drawer.open = isOpen
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true })
  begin()
}

const load = async (address, options) => {
  const answer = await fetch(address, options)
  if (!answer.ok) return
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
  const fresh = page.querySelector('main[data-version]')
  if (fresh) take(fresh)
}

const send = (form, submitter) =>
  load(form.getAttribute('action'), {
    method: 'POST',
    body: new URLSearchParams(new FormData(form, submitter)),
  })

/** While the sandbox is away there is nothing to show; the next look may find it again. */
const quietly = (work) => {
  work.catch((error) => {
    if (!(error instanceof TypeError)) throw error
  })
}

document.addEventListener('submit', (event) => {
  if (event.target.closest('main') === null) return
  event.preventDefault()
  quietly(send(event.target, event.submitter))
})

document.addEventListener('change', (event) => {
  if (event.target.name === 'tokenId') event.target.form.requestSubmit()
})

const copy = async (button) => {
  const label = button.textContent
  await navigator.clipboard.writeText(button.dataset.copy)
  button.textContent = 'Copied'
  document.querySelector('#told').textContent = `${label}: done`
  setTimeout(() => {
    button.textContent = label
  }, 2_000)
}

document.addEventListener('click', (event) => {
  const button = event.target.closest('button')
  if (button?.dataset.copy) void copy(button)
  if (button && 'stay' in button.dataset) stay()
})

let leaving = null
const stay = () => {
  clearInterval(leaving)
  document.querySelector('[data-going]').hidden = true
  document.querySelector('#back').focus()
}

/** Counts down to the shop in sight of the payer, who may stay. */
const beginLeaving = () => {
  const link = document.querySelector('[data-goes]')
  if (!link || leaving !== null) return
  let seconds = Number(link.dataset.goes)
  document.querySelector('[data-going]').hidden = false
  leaving = setInterval(() => {
    seconds -= 1
    const shown = document.querySelector('[data-seconds]')
    if (shown) shown.textContent = String(Math.max(seconds, 0))
    if (seconds > 0) return
    clearInterval(leaving)
    document.querySelector('#back').click()
  }, 1_000)
}

let ticking = null
const beginCounting = () => {
  clearInterval(ticking)
  const left = document.querySelector('#left')
  if (!left) return
  // The server's clock counts: a sandbox may have been moved in time.
  const ahead = Number(left.dataset.now) - Date.now()
  const tick = () => {
    const ms = Math.max(0, Number(left.dataset.until) - Date.now() - ahead)
    const seconds = Math.ceil(ms / 1_000)
    left.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
    left.classList.toggle('short', seconds <= 60)
  }
  tick()
  ticking = setInterval(tick, 1_000)
}

/** A price that ran out is asked for anew by itself; the button is for whoever has no script. */
const beginPrice = () => {
  const expired = document.querySelector('[data-expired]')
  if (expired) quietly(send(expired.closest('form'), null))
}

const begin = () => {
  beginCounting()
  beginPrice()
  beginLeaving()
}
begin()

const look = async () => {
  const page = main()
  if (page.dataset.open !== 'yes' || isBusy()) return
  const answer = await fetch(`/checkout/state${location.search}`)
  if (!answer.ok) return
  const state = await answer.json()
  const progress = document.querySelector('#confirmations')
  if (progress) progress.value = state.confirmations
  const count = document.querySelector('[data-confirmations]')
  if (count) count.textContent = String(state.confirmations)
  if (state.version !== page.dataset.version) await load(location.href)
}
setInterval(() => quietly(look()), POLL_MS)
