const OPEN_LOOK_MS = 1_500
const ENDED_LOOK_MS = 10_000
const COPIED_MS = 2_000
const WAY_BACK_SECONDS = 10

const main = document.querySelector('main[data-version]')
const state = document.querySelector('#state')
const said = document.querySelector('#said')
const partsIn = (root) => [...root.querySelectorAll('[data-part]')]

/** What the server sent of each part, before anything was counted or opened in it. */
const served = new Map(partsIn(main).map((part) => [part.dataset.part, part.innerHTML]))

/** The server's clock counts: a sandbox may have been moved in time. */
let aheadMs = Number(main.dataset.now) - Date.now()
let wayBack = WAY_BACK_SECONDS
let isPaused = false
let isBusy = false

/** While the sandbox is away there is nothing to show; the next look may find it again. */
const tolerant = async (work) => {
  try {
    await work
    return true
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    return false
  }
}

const say = (text) => {
  // The same words twice would be read once.
  said.textContent = said.textContent === text ? `${text}\u00a0` : text
}

/** Puts new content into a part; what was open, typed or focused in it stays so. */
const replace = (old, fresh) => {
  const focused = old.contains(document.activeElement) ? document.activeElement.id : null
  const open = [...old.querySelectorAll('details[open]')].map(({ id }) => id)
  const typed = [...old.querySelectorAll('input')].filter(
    ({ type, value, defaultValue }) => type !== 'hidden' && value !== defaultValue,
  )
  old.replaceChildren(...fresh.childNodes)
  for (const id of open) document.getElementById(id)?.setAttribute('open', '')
  for (const { id, value } of typed) {
    const input = document.getElementById(id)
    if (input) input.value = value
  }
  if (focused === null) return
  const again = document.getElementById(focused) ?? state
  again.focus({ preventScroll: again !== state })
}

/** Takes over what changed on a page that was loaded anew, part by part. */
const take = (page) => {
  const fresh = page.querySelector('main[data-version]')
  if (!fresh) {
    location.reload()
    return
  }
  const amount = document.querySelector('#amount')?.textContent
  document.title = page.title
  Object.assign(main.dataset, fresh.dataset)
  aheadMs = Number(fresh.dataset.now) - Date.now()
  for (const part of partsIn(fresh)) {
    const name = part.dataset.part
    if (served.get(name) === part.innerHTML) continue
    served.set(name, part.innerHTML)
    replace(main.querySelector(`[data-part="${name}"]`), part)
  }
  const stage = fresh.querySelector('#state')
  state.className = stage.className
  const headline = stage.textContent.trim()
  if (state.textContent.trim() !== headline) state.textContent = headline
  prepare()
  const newAmount = document.querySelector('#amount')?.textContent
  if (newAmount !== undefined && newAmount !== amount) say(`Send ${newAmount}.`)
}

const pageOf = async (address, options) => {
  const answer = await fetch(address, options)
  return new DOMParser().parseFromString(await answer.text(), 'text/html')
}

const post = (form, submitter) =>
  pageOf(form.getAttribute('action'), {
    method: 'POST',
    body: new URLSearchParams(new FormData(form, submitter)),
  })

/** A price that has run out is renewed before anybody sees that, unless nobody looks. */
const renewed = async (page) => {
  const form = page.querySelector('form[data-renew]')
  return form && !document.hidden ? post(form) : page
}

const busy = async (work) => {
  if (isBusy) return
  isBusy = true
  if (!(await tolerant(work()))) say('The sandbox does not answer. Try again.')
  isBusy = false
}

const look = async () => {
  const answer = await fetch(`/checkout/state${location.search}`)
  if (!answer.ok) return
  const { version, now, progress } = await answer.json()
  aheadMs = now - Date.now()
  const isOverdue = document.querySelector('form[data-renew]') && !document.hidden
  if (version !== main.dataset.version || isOverdue) take(await renewed(await pageOf(location)))
  const bar = document.querySelector('[data-confirmations]')
  if (!bar || !progress) return
  bar.value = progress.confirmations
  const line = document.querySelector('[data-progress]')
  if (line.textContent !== progress.text) line.textContent = progress.text
}

let nextLook = null
const lookOn = async () => {
  clearTimeout(nextLook)
  if (!isBusy) await tolerant(look())
  const pause = main.dataset.open === 'yes' ? OPEN_LOOK_MS : ENDED_LOOK_MS
  clearTimeout(nextLook)
  nextLook = setTimeout(() => void lookOn(), pause)
}

const clockText = (ms) => {
  const seconds = Math.ceil(ms / 1_000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** Draws everything that counts: the times left, and the way back to the shop. */
const count = () => {
  const now = Date.now() + aheadMs
  for (const time of document.querySelectorAll('[data-until]')) {
    const left = Math.max(0, Number(time.dataset.until) - now)
    time.textContent = clockText(left)
    time.classList.toggle('short', left < 60_000)
  }
  const bar = document.querySelector('[data-left-of]')
  if (bar) bar.value = Math.max(0, Number(bar.dataset.leftOf) - now)
  const seconds = document.querySelector('[data-seconds]')
  if (seconds) seconds.textContent = String(wayBack)
}

const second = () => {
  const isGoing = document.querySelector('#countdown') && !isPaused && !document.hidden
  if (isGoing && wayBack > 0) {
    wayBack -= 1
    if (wayBack === 0) location.assign(document.querySelector('#return').href)
  }
  count()
}

/** Makes usable what needs a script, in parts as they come. */
const prepare = () => {
  for (const button of document.querySelectorAll('[data-copy]')) button.hidden = false
  for (const word of document.querySelectorAll('[data-preposition]')) word.textContent = 'for'
  const countdown = document.querySelector('#countdown')
  if (countdown?.hidden) {
    countdown.hidden = false
    drawPause()
    say(`You are taken back to the shop in ${wayBack} seconds, unless you press Pause.`)
  }
  count()
}

const drawPause = () => {
  document.querySelector('#pause').textContent = isPaused ? 'Go on' : 'Pause'
}

/** Pages that came over plain HTTP from another machine have no clipboard but the old one. */
const write = async ({ dataset }) => {
  if (navigator.clipboard) {
    try {
      await navigator.clipboard.writeText(dataset.copy)
      return true
    } catch (error) {
      if (!(error instanceof DOMException)) throw error
    }
  }
  getSelection().selectAllChildren(document.getElementById(dataset.what))
  const fill = (event) => {
    event.clipboardData.setData('text/plain', dataset.copy)
    event.preventDefault()
  }
  document.addEventListener('copy', fill, { once: true })
  const isCopied = document.execCommand('copy')
  document.removeEventListener('copy', fill)
  return isCopied
}

const copy = async (button) => {
  const isCopied = await write(button)
  const { what } = button.dataset
  say(isCopied ? `Copied the ${what}.` : `The ${what} is marked: copy it from there.`)
  const word = button.firstElementChild
  word.textContent = isCopied ? 'Copied' : 'Marked'
  setTimeout(() => {
    word.textContent = 'Copy'
  }, COPIED_MS)
}

const send = async (form, submitter) => {
  take(await post(form, submitter))
  // Whoever has chosen a network is done choosing.
  if (!submitter?.id.startsWith('network-')) return
  document.querySelector('#choice')?.removeAttribute('open')
  document.querySelector('#choice-summary')?.focus()
}

document.addEventListener('submit', (event) => {
  const form = event.target
  if (!form.matches('[data-in-place]')) return
  event.preventDefault()
  void busy(() => send(form, event.submitter))
})

document.addEventListener('click', (event) => {
  const button = event.target.closest('button')
  if (button?.matches('[data-copy]')) void copy(button)
  if (button?.id !== 'pause') return
  isPaused = !isPaused
  drawPause()
})

document.addEventListener('visibilitychange', () => {
  if (!document.hidden) void lookOn()
})

prepare()
setInterval(second, 1_000)
void lookOn()
