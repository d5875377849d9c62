const LOOK_MS = 3_000

/** What lives on the page is drawn anew every few seconds, unless somebody is at work in it. */
const refresh = async () => {
  const answer = await fetch(location.pathname + location.search)
  if (!answer.ok) return
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html')
  for (const old of document.querySelectorAll('[data-live]')) {
    const now = fresh.querySelector(`[data-live="${old.dataset.live}"]`)
    const isInUse = old.contains(document.activeElement) || old.matches(':hover')
    if (now && !isInUse && now.innerHTML !== old.innerHTML) old.replaceWith(now)
  }
}

// What was told is told once; the address without it can be kept.
const address = new URL(location.href)
if (address.searchParams.has('told')) {
  address.searchParams.delete('told')
  history.replaceState(null, '', address)
}

if (document.querySelector('[data-live]')) {
  setInterval(() => {
    if (document.hidden || location.pathname.startsWith('/control/do')) return
    // While the sandbox is away there is nothing to show; the next look may find it again.
    refresh().catch((error) => {
      if (!(error instanceof TypeError)) throw error
    })
  }, LOOK_MS)
}
